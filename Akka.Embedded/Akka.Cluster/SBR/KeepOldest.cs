namespace Akka.Cluster.SBR;

/// <summary>The side of the oldest member survives, unless the oldest is alone against several and <paramref name="downIfAlone"/>.</summary>
internal sealed class KeepOldest(bool downIfAlone, string role) : DowningStrategy
{
    public override DowningDecision Decide(PartitionView view)
    {
        var voters = view.Voters(role).ToArray();
        if (voters.Length == 0)
            return DowningDecision.DownAll;
        var decision = Judge(view, voters);

        // The oldest may be leaving, and the other side may already follow the next oldest.
        var staying = view.Voters(role, withPossiblyExiting: false).ToArray();
        return staying.Length > 0 && Judge(view, staying) != decision ? DowningDecision.DownAll : decision;
    }

    private DowningDecision Judge(PartitionView view, Member[] voters)
    {
        var oldest = voters.Min(Member.AgeOrdering)!;
        var unreachable = voters.Count(view.IsUnreachable);
        var reachable = voters.Length - unreachable;
        if (view.IsUnreachable(oldest))
            return downIfAlone && unreachable == 1 && reachable > 1 ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
        return downIfAlone && reachable == 1 && unreachable > 1 ? DowningDecision.DownReachable : DowningDecision.DownUnreachable;
    }
}
