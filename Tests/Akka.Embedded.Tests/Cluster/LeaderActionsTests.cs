using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class LeaderActionsTests
{
    private static readonly ClusterSettings Settings = TestSettings.Of("");

    [Fact]
    public void Joining_members_come_up_in_the_order_of_their_addresses_and_younger_than_all_others()
    {
        var actions = LeaderActions.OnConvergence(
            Gossip(Member(A), Member(E), Member(C, MemberStatus.Joining), Member(B, MemberStatus.WeaklyUp)).SeenByAll().As(A), Nobody, Settings);
        Assert.Equal([(B, 6), (C, 7)], actions.Changed.Select(member => (member.UniqueAddress, member.UpNumber)));
        Assert.All(actions.Changed, member => Assert.Equal(MemberStatus.Up, member.Status));
    }

    [Fact]
    public void A_leaving_member_exits()
    {
        var actions = LeaderActions.OnConvergence(Gossip(Member(A), Member(B, MemberStatus.Leaving)).As(A), Nobody, Settings);
        Assert.Equal(MemberStatus.Exiting, Assert.Single(actions.Changed).Status);
    }

    [Theory]
    [InlineData(MemberStatus.Down, true, true)]
    [InlineData(MemberStatus.Down, false, false)]
    [InlineData(MemberStatus.Exiting, true, true)]
    [InlineData(MemberStatus.Exiting, false, false)]
    [InlineData(MemberStatus.Up, true, false)]
    public void Who_is_going_away_is_removed_when_unreachable(MemberStatus status, bool unreachable, bool removed)
    {
        var gossip = Gossip(Member(A), Member(B, status));
        var state = (unreachable ? gossip.Split([A], B) : gossip).As(A);
        Assert.Equal(removed, LeaderActions.OnConvergence(state, Nobody, Settings).Removed.Contains(B));
    }

    [Fact]
    public void Who_has_confirmed_its_exit_is_removed_at_once()
    {
        var state = Gossip(Member(A), Member(B, MemberStatus.Exiting)).As(A);
        Assert.Equal([B], LeaderActions.OnConvergence(state, Nobody.Add(B), Settings).Removed);
    }

    [Fact]
    public void Nobody_comes_up_before_there_are_enough()
    {
        var settings = TestSettings.Of("min-nr-of-members = 3");
        Assert.True(LeaderActions.OnConvergence(Gossip(Member(A, MemberStatus.Joining), Member(B, MemberStatus.Joining)).As(A), Nobody, settings).IsNothing);
        var three = Gossip(Member(A, MemberStatus.Joining), Member(B, MemberStatus.Joining), Member(C, MemberStatus.Joining));
        Assert.Equal(3, LeaderActions.OnConvergence(three.As(A), Nobody, settings).Changed.Length);
    }

    [Fact]
    public void Nobody_comes_up_before_there_are_enough_of_a_role()
    {
        var settings = TestSettings.Of("role { relay.min-nr-of-members = 2 }");
        var one = Gossip(Member(A, MemberStatus.Joining), Member(B, MemberStatus.Joining, "relay"));
        Assert.True(LeaderActions.OnConvergence(one.As(A), Nobody, settings).IsNothing);
        var two = Gossip(Member(A, MemberStatus.Joining, "relay"), Member(B, MemberStatus.Joining, "relay"));
        Assert.Equal(2, LeaderActions.OnConvergence(two.As(A), Nobody, settings).Changed.Length);
    }

    [Fact]
    public void Without_agreement_reachable_joining_members_become_weakly_up()
    {
        var state = Gossip(Member(A), Member(B), Member(C, MemberStatus.Joining), Member(D, MemberStatus.Joining)).Split([A], B, D).As(A);
        var changed = Assert.Single(LeaderActions.WithoutConvergence(state, Settings).Changed);
        Assert.Equal((C, MemberStatus.WeaklyUp), (changed.UniqueAddress, changed.Status));
    }
}
