using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>A way through other gateways, hop by hop, to a destination.</summary>
public sealed record ChainSettings
{
    /// <summary>Never empty; in the order of travel.</summary>
    public required IReadOnlyList<HopSettings> Hops { get; init; }

    /// <summary>The family of the last leg, from the last hop to the destination.</summary>
    public FamilyWish DestinationOver { get; init; } = FamilyWish.Any;

    /// <summary>For the whole chain, all attempts included.</summary>
    public TimeSpan SetupTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a candidate may be silent before a second one starts beside it; null for never.</summary>
    public TimeSpan? HedgeAfter { get; init; } = TimeSpan.FromMilliseconds(250);
}
