using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;
using Member = Akka.Cluster.Member;

namespace Akka.Embedded.Tests.Cluster;

public class MemberTests
{
    [Fact]
    public void Members_are_ordered_by_host_then_port_then_incarnation()
    {
        var members = new[] { Nodes.Member(C), Nodes.Member(A), Nodes.Member(Node("b", 2)), Nodes.Member(B) };
        Assert.Equal([A, B, Node("b", 2), C], members.Order().Select(member => member.UniqueAddress));
    }

    [Fact]
    public void A_member_is_the_same_whatever_its_status() =>
        Assert.Equal(Nodes.Member(A), Nodes.Member(A, MemberStatus.Leaving));

    [Fact]
    public void Another_incarnation_is_another_member() => Assert.NotEqual(Nodes.Member(A), Nodes.Member(Node("a", 2)));

    [Fact]
    public void The_oldest_is_the_one_that_came_up_first()
    {
        var late = Member.Joining(A, []).CopyUp(7);
        var early = Member.Joining(B, []).CopyUp(3);
        Assert.True(early.IsOlderThan(late));
        Assert.Equal([early, late], new[] { late, early }.Order(Member.AgeOrdering));
    }

    [Theory]
    [InlineData(MemberStatus.Joining, MemberStatus.Up, true)]
    [InlineData(MemberStatus.Joining, MemberStatus.WeaklyUp, true)]
    [InlineData(MemberStatus.Up, MemberStatus.Leaving, true)]
    [InlineData(MemberStatus.Leaving, MemberStatus.Exiting, true)]
    [InlineData(MemberStatus.Exiting, MemberStatus.Removed, true)]
    [InlineData(MemberStatus.Up, MemberStatus.Down, true)]
    [InlineData(MemberStatus.Up, MemberStatus.Exiting, false)]
    [InlineData(MemberStatus.Up, MemberStatus.Joining, false)]
    [InlineData(MemberStatus.Down, MemberStatus.Up, false)]
    [InlineData(MemberStatus.Removed, MemberStatus.Joining, false)]
    public void A_member_goes_only_forward(MemberStatus from, MemberStatus to, bool allowed)
    {
        var member = Nodes.Member(A, from);
        if (allowed)
            Assert.Equal(to, member.Copy(to).Status);
        else
            Assert.Throws<InvalidOperationException>(() => member.Copy(to));
    }

    [Fact]
    public void Of_two_views_the_one_further_on_the_way_wins()
    {
        MemberStatus[] way = [MemberStatus.Joining, MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed];
        for (var i = 1; i < way.Length; i++)
        {
            var (less, more) = (Nodes.Member(A, way[i - 1]), Nodes.Member(A, way[i]));
            Assert.Same(more, Member.HighestPriorityOf(less, more));
            Assert.Same(more, Member.HighestPriorityOf(more, less));
        }
    }
}
