namespace Gateway.Protocol;

/// <summary>
/// FLAG, the third octet of requests and replies (RFC 1928 calls it RSV). <c>B20</c>: unknown bits are ignored; a reply echoes
/// 01 and 04 only when honoured, and never 10.
/// </summary>
[Flags]
public enum RequestFlags : byte
{
    None = 0,
    /// <summary>UDP ASSOCIATE: the client would like the UDP control channel (draft-ietf-aft-socks-pro-v5).</summary>
    InterfaceRequest = 0x01,
    /// <summary>UDP ASSOCIATE: use the client's port number toward the peers (draft-ietf-aft-socks-pro-v5).</summary>
    UseClientsPort = 0x04,
    /// <summary>Reply in the family used between gateway and destination (draft-kitamura-socks-ipv6-01 Extension 3).</summary>
    DestinationFamily = 0x10,
}
