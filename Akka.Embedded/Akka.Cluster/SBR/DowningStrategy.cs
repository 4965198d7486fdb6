using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>Which side of a split survives. Every side asks itself, and the answers must fit together.</summary>
internal abstract class DowningStrategy
{
    public abstract DowningDecision Decide(PartitionView view);

    /// <summary>
    /// The members to mark as down. Nodes that are only indirectly connected go whatever the strategy says, and the strategy judges
    /// the rest.
    /// </summary>
    public ImmutableArray<Member> NodesToDown(PartitionView view)
    {
        if (view.IndirectlyConnected.IsEmpty)
            return NodesToDown(view, Decide(view));
        var rest = view.WithoutIndirectlyConnected();
        var indirect = view.Members.Where(member => view.IndirectlyConnected.Contains(member.UniqueAddress));
        return rest.Unreachable.Any() ? [.. indirect, .. NodesToDown(rest, Decide(rest))] : [.. indirect];
    }

    private static ImmutableArray<Member> NodesToDown(PartitionView view, DowningDecision decision) => decision switch
    {
        DowningDecision.DownUnreachable => [.. view.Unreachable],
        DowningDecision.DownReachable => [.. view.Reachable],
        _ => view.Members,
    };
}
