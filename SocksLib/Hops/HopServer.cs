using Gateway.Protocol;

namespace SocksLib;

/// <summary>One SOCKS server that may be a hop: one address of it, and how it is spoken to.</summary>
public sealed record HopServer
{
    /// <summary>For logs, and what health is kept by. A server with two addresses is two <see cref="HopServer"/>s of one name.</summary>
    public required string Name { get; init; }

    /// <summary>A literal, or a name, which the chain's own end resolves.</summary>
    public required SocksEndpoint Address { get; init; }

    /// <summary>The families that lead to it; of importance where <see cref="Address"/> is a name.</summary>
    public FamilyWish Over { get; init; }

    /// <summary>How the server learns who asks.</summary>
    public HopLogin Login { get; init; } = HopLogin.None;

    /// <summary>It keeps what arrives behind a message, so greeting, authentication and request may leave together.</summary>
    public bool TakesOneFlight { get; init; }

    /// <summary>It speaks draft-kitamura-socks-ipv6-01: ADDRESS ASSOCIATE, and FLAG, which is 00 in requests to all others.</summary>
    public bool AddressAssociate { get; init; }

    /// <summary>The server at a host, a name or a literal, which is also what it is called. Say more with <c>with { … }</c>.</summary>
    /// <exception cref="ArgumentException">The host has not 1 to 255 octets, or a NUL; or the port is not 0 to 65535.</exception>
    public static HopServer At(string host, int port = 1080) => new() { Name = host, Address = SocksEndpoint.From(host, port) };

    /// <summary><c>lab-a ([2001:db8:2::10]:1080)</c>.</summary>
    public override string ToString() => $"{Name} ({Address})";
}
