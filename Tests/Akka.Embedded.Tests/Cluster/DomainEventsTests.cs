using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class DomainEventsTests
{
    private static readonly Gossip Before = Up(A, B);

    [Fact]
    public void The_same_view_is_no_event() => Assert.Empty(DomainEvents.Between(Before.As(A), Before.As(A)));

    [Fact]
    public void A_joiner_hears_of_the_others_of_itself_and_of_the_leader() => Assert.Equal(
        [$"MemberUp {A}", $"MemberJoined {B}", $"LeaderChanged {A}"],
        Told(Akka.Cluster.Gossip.Empty, Gossip(Member(A), Member(B, MemberStatus.Joining)), B));

    [Theory]
    [InlineData(MemberStatus.WeaklyUp, "MemberWeaklyUp")]
    [InlineData(MemberStatus.Leaving, "MemberLeft")]
    [InlineData(MemberStatus.Exiting, "MemberExited")]
    [InlineData(MemberStatus.Down, "MemberDowned")]
    public void A_change_of_status_is_an_event(MemberStatus status, string name) =>
        Assert.Equal([$"{name} {B}"], Told(Before, Gossip(Member(A), Member(B, status)), A));

    [Fact]
    public void A_removed_member_is_told_with_what_it_was_before()
    {
        var removed = Assert.IsType<MemberRemoved>(Assert.Single(DomainEvents.Between(
            Gossip(Member(A), Member(B, MemberStatus.Exiting)).As(A), Up(A).As(A))));
        Assert.Equal((MemberStatus.Removed, MemberStatus.Exiting), (removed.Member.Status, removed.PreviousStatus));
    }

    [Fact]
    public void Unreachable_comes_before_the_change_of_leader() => Assert.Equal(
        [$"UnreachableMember {A}", $"LeaderChanged {B}"], Told(Before, Before.Split([B], A), B));

    [Fact]
    public void Reachable_again_is_told_once_when_the_last_observer_agrees()
    {
        var split = Up(A, B, C).Split([A, B], C);
        var half = split with { Reachability = split.Reachability.Reachable(A, C) };
        var healed = half with { Reachability = half.Reachability.Reachable(B, C) };
        Assert.Empty(Told(split, half, A));
        Assert.Equal([$"ReachableMember {C}"], Told(half, healed, A));
    }

    [Fact]
    public void Nobody_is_told_that_itself_is_unreachable() => Assert.DoesNotContain($"UnreachableMember {A}", Told(Before, Before.Split([B], A), A));

    [Fact]
    public void An_unreachable_member_that_is_removed_is_not_reachable_again() =>
        Assert.Equal([$"MemberRemoved {B}"], Told(Gossip(Member(A), Member(B, MemberStatus.Down)).Split([A], B), Up(A), A));

    [Fact]
    public void The_end_of_an_incarnation_is_told_before_the_beginning_of_the_next() => Assert.Equal(
        [$"MemberRemoved {B}", $"MemberJoined {Node("b", 2)}"],
        Told(Gossip(Member(A), Member(B, MemberStatus.Down)), Gossip(Member(A), Member(Node("b", 2), MemberStatus.Joining)), A));

    [Fact]
    public void The_leader_of_a_role_is_told_when_it_changes() => Assert.Contains(
        $"RoleLeaderChanged {B}", Told(Before, Gossip(Member(A), Member(B, MemberStatus.Up, "relay")), A));

    private static IEnumerable<string> Told(Gossip before, Gossip after, UniqueAddress self) =>
        DomainEvents.Between(before.As(self), after.As(self)).Select(happened => happened switch
        {
            IMemberEvent e => $"{happened.GetType().Name} {e.Member.UniqueAddress}",
            ReachabilityEvent e => $"{happened.GetType().Name} {e.Member.UniqueAddress}",
            LeaderChanged e => $"LeaderChanged {new UniqueAddress(e.Leader, 1)}",
            RoleLeaderChanged e => $"RoleLeaderChanged {new UniqueAddress(e.Leader, 1)}",
            _ => happened.GetType().Name,
        });
}
