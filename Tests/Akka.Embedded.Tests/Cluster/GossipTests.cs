using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class GossipTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);

    [Fact]
    public void A_merge_has_the_members_of_both_and_is_seen_by_nobody()
    {
        var left = Up(A, B).Increment(A).SeenByAll();
        var right = Up(B, C).Increment(C).SeenByAll();
        var merged = left.Merge(right);
        Assert.Equal([A, B, C], merged.Members.Select(member => member.UniqueAddress));
        Assert.Empty(merged.Seen);
        Assert.Equal(ClockOrder.After, merged.Version.CompareTo(left.Version));
        Assert.Equal(ClockOrder.After, merged.Version.CompareTo(right.Version));
    }

    [Fact]
    public void A_merge_takes_the_view_that_is_further()
    {
        var merged = Gossip(Member(A, MemberStatus.Leaving)).Merge(Up(A));
        Assert.Equal(MemberStatus.Leaving, merged.Find(A)!.Status);
    }

    [Fact]
    public void A_removed_member_leaves_nothing_but_a_tombstone()
    {
        var gossip = Up(A, B).Increment(B).Split([A], B).SeenByAll().Remove(new HashSet<UniqueAddress> { B }, Now);
        Assert.False(gossip.HasMember(B));
        Assert.False(gossip.SeenBy(B));
        Assert.Empty(gossip.Reachability.AllUnreachableOrTerminated);
        Assert.Equal(0, gossip.Version.Versions.Count);
        Assert.Equal([B], gossip.Tombstones.Keys);
    }

    [Fact]
    public void An_old_gossip_does_not_bring_a_removed_member_back()
    {
        var old = Up(A, B, C).Increment(B);
        var removed = Up(A, B, C).Increment(A).Remove(new HashSet<UniqueAddress> { B }, Now);
        Assert.False(removed.Merge(old).HasMember(B));
        Assert.False(old.Merge(removed).HasMember(B));
        Assert.Equal(0, removed.Merge(old).Version.Versions[B]);
    }

    [Fact]
    public void Another_incarnation_may_come_where_one_was_removed()
    {
        var removed = Up(A, B).Remove(new HashSet<UniqueAddress> { B }, Now);
        Assert.True(removed.Merge(Up(A, Node("b", 2))).HasMember(Node("b", 2)));
    }

    [Fact]
    public void Tombstones_go_after_a_day()
    {
        var gossip = Up(A, B).Remove(new HashSet<UniqueAddress> { B }, Now);
        Assert.Single(gossip.PruneTombstones(Now.AddHours(23)).Tombstones);
        Assert.Empty(gossip.PruneTombstones(Now.AddHours(25)).Tombstones);
    }

    [Fact]
    public void A_thousand_restarts_leave_no_members_clocks_or_records()
    {
        var gossip = Up(A);
        for (var uid = 1; uid <= 1000; uid++)
        {
            var node = Node("b", uid);
            gossip = (gossip with { Members = gossip.Members.Add(Member(node)) }).Increment(node).Increment(A).Split([A], node);
            gossip = gossip.Remove(new HashSet<UniqueAddress> { node }, Now.AddMinutes(uid * 5)).PruneTombstones(Now.AddMinutes(uid * 5));
        }

        Assert.Single(gossip.Members);
        Assert.Equal(1, gossip.Version.Versions.Count);
        Assert.Empty(gossip.Reachability.Records);
        Assert.InRange(gossip.Tombstones.Count, 1, 24 * 12 + 1);
    }

    [Fact]
    public void A_member_that_is_marked_down_has_seen_nothing()
    {
        var gossip = Up(A, B).SeenByAll();
        var down = gossip.MarkDown(gossip.Find(B)!);
        Assert.Equal(MemberStatus.Down, down.Find(B)!.Status);
        Assert.False(down.SeenBy(B));
        Assert.True(down.SeenBy(A));
    }
}
