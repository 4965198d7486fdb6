using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>How one candidate of a hop is preferred to another.</summary>
public enum PickPolicy
{
    RoundRobin,
    Random,
    LeastSessions,
    LowestLatency,
    HashClient,
    InOrder,
}

/// <summary>One hop of a chain: a pool, either of cluster members or of named gateways.</summary>
public sealed record HopSettings
{
    /// <summary>The members that hold this role; null when <see cref="Gateways"/> is the pool.</summary>
    public string? Role { get; init; }

    /// <summary>Names of <see cref="GatewaySettings.Gateways"/>; empty when <see cref="Role"/> is the pool.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    /// <summary>The family of the leg that leads to this hop; a contract, never a preference.</summary>
    public FamilyWish Over { get; init; } = FamilyWish.Any;

    public PickPolicy Pick { get; init; } = PickPolicy.RoundRobin;
}
