using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Contract.Tests.Clustering;

public sealed class SubscriptionTests : ClusterTest
{
    [Fact]
    public void The_first_message_is_a_snapshot_by_default()
    {
        Form();
        Here.Subscribe(TestActor, typeof(IMemberEvent));
        Assert.Equal(Here.SelfAddress, Assert.Single(ExpectMsg<CurrentClusterState>().Members).Address);
    }

    [Fact]
    public void The_snapshot_is_empty_before_joining()
    {
        Here.Subscribe(TestActor, SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        Assert.Empty(ExpectMsg<CurrentClusterState>().Members);
    }

    [Fact]
    public void The_state_can_come_as_the_events_that_would_have_led_to_it()
    {
        Form(StartNode());
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsEvents, typeof(MemberUp));
        var up = new[] { events.ExpectMsg<MemberUp>(), events.ExpectMsg<MemberUp>() };
        Assert.Equal(Here.State.Members.Select(member => member.Address).Order(Member.AddressOrdering),
            up.Select(member => member.Member.Address).Order(Member.AddressOrdering));
    }

    [Fact]
    public void A_leader_can_be_subscribed_to()
    {
        Form();
        AwaitAssert(() => Assert.NotNull(Here.State.Leader));
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsEvents, typeof(LeaderChanged));
        Assert.Equal(Here.SelfAddress, events.ExpectMsg<LeaderChanged>().Leader);
    }

    [Fact]
    public void After_unsubscribing_nothing_comes()
    {
        Form();
        var gone = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        var stays = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        gone.ExpectMsg<CurrentClusterState>();
        stays.ExpectMsg<CurrentClusterState>();
        Here.Unsubscribe(gone.Ref);
        Of(StartNode()).Join(Here.SelfAddress);
        stays.ExpectMsg<MemberJoined>();
        stays.ExpectMsg<MemberUp>();
        Assert.False(gone.HasMessages);
    }

    [Fact]
    public void The_state_can_be_asked_for_once()
    {
        Form();
        Here.SendCurrentClusterState(TestActor);
        Assert.Single(ExpectMsg<CurrentClusterState>().Members);
    }
}
