namespace Akka.Cluster;

/// <summary>Which changes, of which nodes, a gossip contains (Mattern 1988). Immutable.</summary>
internal sealed class VectorClock(NodeVersions versions)
{
    public static readonly VectorClock Zero = new(NodeVersions.Empty);

    public NodeVersions Versions { get; } = versions;

    public VectorClock Increment(UniqueAddress node) => new(Versions.With(node, Versions[node] + 1));

    public VectorClock Merge(VectorClock other) => new(Versions.Max(other.Versions));

    public VectorClock Prune(UniqueAddress removed) => new(Versions.Without(removed.Equals));

    public ClockOrder CompareTo(VectorClock other) => Versions.CompareWith(other.Versions) switch
    {
        (false, false) => ClockOrder.Same,
        (false, true) => ClockOrder.Before,
        (true, false) => ClockOrder.After,
        _ => ClockOrder.Concurrent,
    };

    public override string ToString() => $"VectorClock({Versions})";
}
