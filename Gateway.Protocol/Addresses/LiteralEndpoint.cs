using System.Net;

namespace Gateway.Protocol;

/// <summary>An address of a socket: literal and port.</summary>
public readonly record struct LiteralEndpoint(IpLiteral Address, ushort Port)
{
    /// <summary>With a mapped address written as the IPv4 address it is.</summary>
    public LiteralEndpoint Canonical => this with { Address = Address.Canonical };

    public static LiteralEndpoint From(IPEndPoint endpoint) => new(IpLiteral.From(endpoint.Address), (ushort)endpoint.Port);

    public IPEndPoint ToIPEndPoint() => new(Address.ToIPAddress(), Port);

    /// <summary><c>192.0.2.1:80</c> or <c>[2001:db8::1]:80</c>.</summary>
    public override string ToString() => Address.IsIpv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
