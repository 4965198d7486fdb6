using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Contract.Tests.Clustering;

public sealed class FailureTests : ClusterTest
{
    [Fact]
    public async Task A_dead_node_is_unreachable_and_after_downing_removed()
    {
        var other = StartNode();
        Form(other);
        var address = Of(other).SelfAddress;
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent), typeof(IReachabilityEvent));
        events.ExpectMsg<CurrentClusterState>();
        await Kill(other);
        Assert.Equal(address, events.ExpectMsg<UnreachableMember>().Member.Address);
        AwaitAssert(() => Assert.Contains(Here.State.Unreachable, member => member.Address == address));
        Here.Down(address);
        Assert.Equal(address, events.ExpectMsg<MemberDowned>().Member.Address);
        Assert.Equal(MemberStatus.Down, events.ExpectMsg<MemberRemoved>().PreviousStatus);
    }

    [Fact]
    public async Task A_node_that_restarts_at_its_address_takes_the_place_of_its_former_self()
    {
        var first = StartNode();
        Form(first);
        var before = Of(first).SelfUniqueAddress;
        await Kill(first);
        var second = StartNode($"akka.remote.dot-netty.tcp.port = {before.Address.Port}");
        Of(second).JoinSeedNodes([Here.SelfAddress]);
        AwaitUp(2, Sys, second);
        var member = Here.State.Members.Single(member => member.Address == before.Address);
        Assert.NotEqual(before.Uid, member.UniqueAddress.Uid);
    }

    [Fact]
    public void A_downed_node_ends_its_own_system()
    {
        var other = StartNode();
        Form(other);
        Here.Down(Of(other).SelfAddress);
        AwaitCondition(() => other.WhenTerminated.IsCompleted, Soon);
        AwaitUp(1, Sys);
    }
}
