using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class VectorClockTests
{
    [Fact]
    public void Clocks_without_changes_are_the_same() => Assert.Equal(ClockOrder.Same, VectorClock.Zero.CompareTo(VectorClock.Zero));

    [Fact]
    public void A_clock_with_one_more_change_is_later()
    {
        var one = VectorClock.Zero.Increment(A);
        Assert.Equal(ClockOrder.After, one.Increment(B).CompareTo(one));
        Assert.Equal(ClockOrder.Before, one.CompareTo(one.Increment(A)));
    }

    [Fact]
    public void Changes_that_do_not_know_of_each_other_are_concurrent()
    {
        var common = VectorClock.Zero.Increment(A);
        Assert.Equal(ClockOrder.Concurrent, common.Increment(B).CompareTo(common.Increment(C)));
    }

    [Fact]
    public void A_merge_contains_both()
    {
        var left = VectorClock.Zero.Increment(A).Increment(B);
        var right = VectorClock.Zero.Increment(C).Increment(C);
        var merged = left.Merge(right);
        Assert.Equal(ClockOrder.After, merged.CompareTo(left));
        Assert.Equal(ClockOrder.After, merged.CompareTo(right));
        Assert.Equal(ClockOrder.Same, merged.CompareTo(right.Merge(left)));
    }

    [Fact]
    public void A_pruned_node_counts_for_nothing()
    {
        var clock = VectorClock.Zero.Increment(A);
        Assert.Equal(ClockOrder.Same, clock.Increment(B).Prune(B).CompareTo(clock));
    }
}
