using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class MembershipStateTests
{
    [Fact]
    public void All_agree_when_all_have_seen() => Assert.True(Up(A, B, C).SeenByAll().As(A).IsConverged(Nobody));

    [Fact]
    public void Nobody_agrees_while_one_has_not_seen() =>
        Assert.False((Up(A, B, C) with { Seen = [A, B] }).As(A).IsConverged(Nobody));

    [Theory]
    [InlineData(MemberStatus.Joining)]
    [InlineData(MemberStatus.WeaklyUp)]
    [InlineData(MemberStatus.Exiting)]
    [InlineData(MemberStatus.Down)]
    public void Only_up_and_leaving_members_must_have_seen(MemberStatus status) =>
        Assert.True((Gossip(Member(A), Member(B, status)) with { Seen = [A] }).As(A).IsConverged(Nobody));

    [Theory]
    [InlineData(MemberStatus.Up, false)]
    [InlineData(MemberStatus.Leaving, false)]
    [InlineData(MemberStatus.Joining, false)]
    [InlineData(MemberStatus.Down, true)]
    [InlineData(MemberStatus.Exiting, true)]
    public void An_unreachable_member_prevents_agreement_unless_it_is_going_away(MemberStatus status, bool agree) =>
        Assert.Equal(agree, Gossip(Member(A), Member(B, status)).SeenByAll().Split([A], B).As(A).IsConverged(Nobody));

    [Fact]
    public void What_a_downed_observer_said_counts_for_nothing() =>
        Assert.True(Gossip(Member(A), Member(B), Member(C, MemberStatus.Down)).SeenByAll().Split([C], A, B).As(A).IsConverged(Nobody));

    [Fact]
    public void A_member_that_has_confirmed_its_exit_need_not_be_waited_for()
    {
        var gossip = Gossip(Member(A), Member(B, MemberStatus.Leaving)) with { Seen = [A] };
        Assert.False(gossip.As(A).IsConverged(Nobody));
        Assert.True(gossip.As(A).IsConverged(Nobody.Add(B)));
    }

    [Fact]
    public void The_first_by_address_leads() => Assert.Equal(A, Up(C, B, A).As(C).Leader);

    [Fact]
    public void An_unreachable_member_does_not_lead() => Assert.Equal(B, Up(A, B, C).Split([C], A).As(C).Leader);

    [Fact]
    public void A_node_that_others_find_unreachable_still_leads_in_its_own_eyes() => Assert.Equal(A, Up(A, B).Split([B], A).As(A).Leader);

    [Fact]
    public void A_joining_member_leads_only_when_nobody_is_up()
    {
        Assert.Equal(B, Gossip(Member(A, MemberStatus.Joining), Member(B)).As(B).Leader);
        Assert.Equal(A, Gossip(Member(A, MemberStatus.Joining), Member(B, MemberStatus.Exiting)).As(B).Leader);
    }

    [Fact]
    public void A_role_has_a_leader_of_its_own()
    {
        var state = Gossip(Member(A), Member(B, MemberStatus.Up, "relay"), Member(C, MemberStatus.Up, "relay")).As(A);
        Assert.Equal(B, state.RoleLeader("relay"));
        Assert.Null(state.RoleLeader("entry"));
    }
}
