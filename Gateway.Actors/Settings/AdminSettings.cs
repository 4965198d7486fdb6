using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>The operator's HTTP door.</summary>
public sealed record AdminSettings
{
    /// <summary>Port 0 takes a free one; null when there is no such door.</summary>
    public LiteralEndpoint? Address { get; init; } = new LiteralEndpoint(IpLiteral.Parse("127.0.0.1"), 8558);

    /// <summary>Nobody asked for this door, so a gateway beside another one on a machine just does not have it.</summary>
    public bool MayBeAbsent { get; init; } = true;

    /// <summary>Needed off loopback.</summary>
    public Secret? Token { get; init; }
}
