using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>What a client may prove itself with (<c>auth</c> of a listener).</summary>
public enum ListenerAuth
{
    /// <summary>Nothing is asked for; SOCKS4 clients are served on such listeners alone.</summary>
    None,
    /// <summary>RFC 1929, against <c>users</c>.</summary>
    Password,
    /// <summary>RFC 1961.</summary>
    Gssapi,
}

/// <summary>A door: an address that clients connect to.</summary>
public sealed record ListenerSettings
{
    public required LiteralEndpoint Address { get; init; }

    /// <summary>In the order of preference; never empty.</summary>
    public IReadOnlyList<ListenerAuth> Auth { get; init; } = [ListenerAuth.None];

    /// <summary>What clients and other nodes are told instead of <see cref="Address"/>, behind NAT or when that one is a wildcard.</summary>
    public LiteralEndpoint? Advertise { get; init; }

    /// <summary>Nobody asked for this listener, so a machine without its family just does not have it.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>Loopback alone, because these ask for no authentication.</summary>
    public static IReadOnlyList<ListenerSettings> Default { get; } =
    [
        new() { Address = new(IpLiteral.Parse("127.0.0.1"), 1080), MayBeAbsent = true },
        new() { Address = new(IpLiteral.Parse("::1"), 1080), MayBeAbsent = true },
    ];
}
