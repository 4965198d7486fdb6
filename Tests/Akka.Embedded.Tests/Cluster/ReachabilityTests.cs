using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class ReachabilityTests
{
    private static readonly HashSet<UniqueAddress> Everybody = [A, B, C, D];

    [Fact]
    public void One_observer_is_enough()
    {
        var reachability = Reachability.Empty.Unreachable(A, B);
        Assert.False(reachability.IsReachable(B));
        Assert.False(reachability.IsReachable(A, B));
        Assert.True(reachability.IsReachable(C, B));
    }

    [Fact]
    public void A_node_is_reachable_again_when_its_last_observer_says_so()
    {
        var reachability = Reachability.Empty.Unreachable(A, C).Unreachable(B, C).Reachable(A, C);
        Assert.False(reachability.IsReachable(C));
        Assert.Empty(reachability.Reachable(B, C).AllUnreachableOrTerminated);
    }

    [Fact]
    public void What_changes_nothing_is_no_new_statement()
    {
        var reachability = Reachability.Empty.Unreachable(A, B);
        Assert.Same(reachability, reachability.Unreachable(A, B));
        Assert.Same(Reachability.Empty, Reachability.Empty.Reachable(A, B));
    }

    [Fact]
    public void A_terminated_node_never_comes_back()
    {
        var reachability = Reachability.Empty.Terminated(A, B);
        Assert.Same(reachability, reachability.Reachable(A, B));
        Assert.Same(reachability, reachability.Unreachable(A, B));
        Assert.Contains(B, reachability.AllUnreachableOrTerminated);
        Assert.DoesNotContain(B, reachability.AllUnreachable);
    }

    [Fact]
    public void No_records_are_left_when_an_observer_finds_everybody_reachable()
    {
        var reachability = Reachability.Empty.Unreachable(A, B).Unreachable(A, C).Reachable(A, B).Reachable(A, C);
        Assert.Empty(reachability.Records);
    }

    [Fact]
    public void The_later_view_of_an_observer_wins_a_merge()
    {
        var old = Reachability.Empty.Unreachable(A, B);
        var healed = old.Reachable(A, B);
        Assert.True(old.Merge(Everybody, healed).IsReachable(B));
        Assert.True(healed.Merge(Everybody, old).IsReachable(B));
    }

    [Fact]
    public void A_merge_keeps_what_only_one_side_knows()
    {
        var merged = Reachability.Empty.Unreachable(A, B).Merge(Everybody, Reachability.Empty.Unreachable(C, D));
        Assert.Equal([B, D], merged.AllUnreachable.Order());
    }

    [Fact]
    public void A_merge_forgets_those_who_are_no_members()
    {
        var merged = Reachability.Empty.Unreachable(A, B).Unreachable(E, B).Merge(Everybody, Reachability.Empty.Unreachable(A, E));
        Assert.Equal([A], merged.AllObservers);
        Assert.Equal(0, merged.Versions[E]);
    }

    [Fact]
    public void A_removed_node_is_neither_observer_nor_subject()
    {
        var reachability = Reachability.Empty.Unreachable(A, B).Unreachable(B, C).Remove(new HashSet<UniqueAddress> { B });
        Assert.Empty(reachability.AllUnreachableOrTerminated);
        Assert.Equal(1, reachability.Versions.Count);
    }
}
