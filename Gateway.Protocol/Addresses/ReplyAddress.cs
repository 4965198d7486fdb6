namespace Gateway.Protocol;

/// <summary>
/// Which address a reply shows, by what the client can deal with (draft-kitamura-socks-ipv6-01 Extension 3). FLAG 10 asks for the truth;
/// without it the client is assumed to know only the family it reached the gateway by.
/// </summary>
public static class ReplyAddress
{
    /// <summary>
    /// BND of CONNECT, and of BIND's first reply. <c>B5</c>: where the bound address is of the other family, or is still
    /// unspecified, the gateway's address on the client's connection takes its place; the port is the real one.
    /// </summary>
    /// <param name="bound">Where the gateway's own outgoing or listening socket is bound.</param>
    /// <param name="gateway">The gateway's address on its connection with the client.</param>
    public static SocksEndpoint Bound(LiteralEndpoint bound, IpLiteral gateway, RequestFlags flags)
    {
        var (own, real) = (gateway.Canonical, bound.Address.Canonical);
        var truth = flags.HasFlag(RequestFlags.DestinationFamily) || own.IsIpv6 == real.IsIpv6;
        return new SocksEndpoint(truth && !real.IsUnspecified ? real : own, bound.Port);
    }

    /// <summary>
    /// BND of BIND's second reply: who connected. <c>B6</c>: an IPv6 client sees an IPv4 peer as ::ffff:a.b.c.d; an IPv4 client sees an
    /// IPv6 peer
    /// as 0.0.0.0 with the real port.
    /// </summary>
    /// <param name="gateway">The gateway's address on its connection with the client: its family is the client's.</param>
    public static SocksEndpoint Peer(LiteralEndpoint peer, IpLiteral gateway, RequestFlags flags)
    {
        var (own, real) = (gateway.Canonical, peer.Address.Canonical);
        var shown = flags.HasFlag(RequestFlags.DestinationFamily) || own.IsIpv6 == real.IsIpv6 ? real
            : own.IsIpv6 ? real.Mapped
            : IpLiteral.AnyIpv4;
        return new SocksEndpoint(shown, peer.Port);
    }

    /// <summary>
    /// BND of UDP ASSOCIATE: where the client must send, so the address it reached the gateway by, whatever FLAG says.
    /// </summary>
    /// <param name="gateway">The gateway's address on its connection with the client.</param>
    /// <param name="port">The port of the socket that faces the client.</param>
    public static SocksEndpoint Relay(IpLiteral gateway, ushort port) => new(gateway.Canonical, port);
}
