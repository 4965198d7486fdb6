using Akka.Cluster;
using Akka.Cluster.SBR;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class SplitBrainTests
{
    private static readonly UniqueAddress[] Five = [A, B, C, D, E];

    [Fact]
    public void The_majority_survives() => Assert.Equal([D, E], Survive(new KeepMajority(""), Up(Five), [A, B, C], [D, E]));

    [Fact]
    public void Of_equal_halves_the_one_with_the_lowest_address_survives() =>
        Assert.Equal([C, D], Survive(new KeepMajority(""), Up(A, B, C, D), [A, B], [C, D]));

    [Fact]
    public void Of_two_nodes_the_one_with_the_higher_address_downs_itself() =>
        Assert.Equal([B], Downed(new KeepMajority(""), Up(A, B), [B], [A]));

    [Fact]
    public void Only_members_with_the_role_count()
    {
        var gossip = Gossip(Member(A), Member(B), Member(C), Member(D, MemberStatus.Up, "relay"), Member(E, MemberStatus.Up, "relay"));
        Assert.Equal([A, B, C], Survive(new KeepMajority("relay"), gossip, [D, E], [A, B, C]));
    }

    [Fact]
    public void Joining_members_do_not_count()
    {
        var gossip = Gossip(Member(A), Member(B, MemberStatus.Joining), Member(C, MemberStatus.Joining), Member(D));
        Assert.Equal([B, C, D], Downed(new KeepMajority(""), gossip, [A], [B, C, D]).Except([A]));
    }

    [Fact]
    public void A_majority_that_the_other_side_may_have_gained_meanwhile_downs_everybody()
    {
        var gossip = Gossip(Member(A), Member(B), Member(C), Member(D, MemberStatus.Joining), Member(E, MemberStatus.Joining));
        Assert.Equal(Five, Downed(new KeepMajority(""), gossip, [A, B], [C, D, E]));
    }

    [Fact]
    public void A_quorum_survives() => Assert.Equal([D, E], Survive(new StaticQuorum(3, ""), Up(Five), [A, B, C], [D, E]));

    [Fact]
    public void A_side_below_the_quorum_goes() => Assert.Equal([A, B], Downed(new StaticQuorum(3, ""), Up(A, B, C, D), [A, B], [C, D]));

    [Fact]
    public void With_more_members_than_the_quorum_is_safe_for_everybody_goes() =>
        Assert.Equal(Five, Downed(new StaticQuorum(2, ""), Up(Five), [A, B, C], [D, E]));

    [Fact]
    public void The_side_of_the_oldest_survives() => Assert.Equal([C, D, E], Survive(new KeepOldest(true, ""), Up(Five), [A, B], [C, D, E]));

    [Fact]
    public void An_oldest_that_is_alone_goes() => Assert.Equal([A], Survive(new KeepOldest(true, ""), Up(Five), [B, C, D, E], [A]));

    [Fact]
    public void An_oldest_that_is_alone_stays_when_that_is_wanted() =>
        Assert.Equal([B, C, D, E], Survive(new KeepOldest(false, ""), Up(Five), [A], [B, C, D, E]));

    [Fact]
    public void Down_all_downs_all() => Assert.Equal([A, B, C], Downed(new DownAllNodes(), Up(A, B, C), [A, B], [C]));

    [Fact]
    public void Nodes_that_accuse_each_other_while_gossip_flows_both_go()
    {
        var view = PartitionView.Of(Up(Five).Split([A], B).Split([B], A).As(C));
        Assert.Equal([A, B], new KeepMajority("").NodesToDown(view).Select(member => member.UniqueAddress));
    }

    [Fact]
    public void A_dead_node_is_downed_beside_those_that_are_indirectly_connected()
    {
        var view = PartitionView.Of(Up(Five).Split([A], B).Split([B], A).Split([C, D], E).As(C));
        Assert.Equal([A, B, E], new KeepMajority("").NodesToDown(view).Select(member => member.UniqueAddress));
    }

    [Fact]
    public void Changes_without_end_are_noticed()
    {
        var instability = new Instability(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        for (var now = 0; now <= 5000; now += 500)
        {
            Assert.False(instability.HasLastedTooLong(now));
            instability.Changed(now, Missing(C));
        }

        Assert.True(instability.HasLastedTooLong(5100));
        instability.Changed(5200, Missing());
        Assert.False(instability.HasLastedTooLong(5300));
    }

    [Fact]
    public void Splits_that_others_have_decided_do_not_add_up_to_instability()
    {
        var instability = new Instability(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        for (var now = 0; now <= 9000; now += 3000)
        {
            instability.Changed(now, Missing(C));
            instability.Look(PartitionView.Of(Gossip(
                Member(A), Member(B), Member(C, MemberStatus.Down)).Split([A], C).As(A)));
        }

        instability.Changed(12_000, Missing(B));
        Assert.False(instability.HasLastedTooLong(12_100));
    }

    private static PartitionView Missing(params UniqueAddress[] nodes) =>
        PartitionView.Of(Up(A, B, C).Split([A], nodes).As(A));

    /// <summary>Both sides must come to the same end: returns whom they down.</summary>
    private static IEnumerable<UniqueAddress> Survive(DowningStrategy strategy, Gossip gossip, UniqueAddress[] winners, UniqueAddress[] losers)
    {
        var byWinners = Downed(strategy, gossip, winners, losers);
        var byLosers = Downed(strategy, gossip, losers, winners);
        Assert.Equal(byWinners, byLosers);
        return byWinners;
    }

    private static IEnumerable<UniqueAddress> Downed(DowningStrategy strategy, Gossip gossip, UniqueAddress[] here, UniqueAddress[] there) =>
        strategy.NodesToDown(PartitionView.Of(gossip.Split(here, there).As(here[0]))).Select(member => member.UniqueAddress).Order();
}
