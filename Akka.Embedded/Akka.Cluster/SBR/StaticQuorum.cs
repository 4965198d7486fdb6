namespace Akka.Cluster.SBR;

/// <summary>A side with at least so many members survives. With more than <c>2 · size - 1</c> members two sides could, so none does.</summary>
internal sealed class StaticQuorum(int size, string role) : DowningStrategy
{
    public override DowningDecision Decide(PartitionView view)
    {
        var voters = view.Voters(role).ToArray();
        if (voters.Length > (size * 2) - 1)
            return DowningDecision.DownAll;
        return voters.Count(member => !view.IsUnreachable(member)) >= size ? DowningDecision.DownUnreachable : DowningDecision.DownReachable;
    }
}
