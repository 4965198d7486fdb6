namespace SocksLib;

/// <summary>A chain as one connection takes it.</summary>
public sealed record ChainPlan
{
    public required string Name { get; init; }

    /// <summary>Never empty; in the order of travel.</summary>
    public required IReadOnlyList<IHopPool> Hops { get; init; }

    /// <summary>For the whole chain, all attempts included.</summary>
    public required TimeSpan SetupTimeout { get; init; }

    /// <summary>How long a candidate may be silent before another starts beside it; null for never.</summary>
    public TimeSpan? HedgeAfter { get; init; }
}
