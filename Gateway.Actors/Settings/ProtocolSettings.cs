namespace Gateway.Actors.Settings;

/// <summary>What the gateway makes of octets that one document calls reserved and another gives a meaning.</summary>
public sealed record ProtocolSettings
{
    /// <summary>FLAG is RSV, as in RFC 1928: no bit of a request means anything, and replies carry 00 (<c>B20</c>).</summary>
    public bool StrictRfc1928 { get; init; }

    /// <summary>FLAG 01 and 04 of UDP ASSOCIATE (draft-ietf-aft-socks-pro-v5); early clients meant other things by these bits.</summary>
    public bool UdpFlags { get; init; } = true;
}
