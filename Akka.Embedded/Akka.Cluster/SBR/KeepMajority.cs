namespace Akka.Cluster.SBR;

/// <summary>The bigger side survives; of equal sides the one with the lowest address.</summary>
internal sealed class KeepMajority(string role) : DowningStrategy
{
    public override DowningDecision Decide(PartitionView view)
    {
        var voters = view.Voters(role).ToArray();
        if (voters.Length == 0)
            return DowningDecision.DownAll;
        var decision = Compare(view, voters);

        // The other side may have moved members meanwhile. When that would turn the tables, both could survive, so neither does.
        var pessimistic = view.Voters(role, withPossiblyExiting: false).Where(member => !view.IsUnreachable(member))
            .Concat(view.Voters(role, withPossiblyUp: true).Where(view.IsUnreachable))
            .ToArray();
        return decision == DowningDecision.DownUnreachable && Compare(view, pessimistic) != decision ? DowningDecision.DownAll : decision;
    }

    private static DowningDecision Compare(PartitionView view, Member[] voters)
    {
        var unreachable = voters.Count(view.IsUnreachable);
        var reachable = voters.Length - unreachable;
        if (reachable != unreachable)
            return reachable > unreachable ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
        return voters.Length > 0 && view.IsUnreachable(voters.Min()!) ? DowningDecision.DownReachable : DowningDecision.DownUnreachable;
    }
}
