using Akka.Actor;
using Akka.Cluster;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Contract.Tests.Clustering;

public sealed class MembershipTests : ClusterTest
{
    [Fact]
    public void Before_it_joins_a_node_knows_nobody()
    {
        Assert.Empty(Here.State.Members);
        Assert.Null(Here.State.Leader);
        Assert.False(Here.IsUp);
    }

    [Fact]
    public void A_node_that_joins_itself_is_a_cluster_and_its_leader()
    {
        Form();
        AwaitAssert(() => Assert.Equal(Here.SelfAddress, Here.State.Leader));
        var member = Assert.Single(Here.State.Members);
        Assert.Equal((Here.SelfUniqueAddress, MemberStatus.Up), (member.UniqueAddress, member.Status));
        Assert.True(Here.IsUp);
        Assert.Equal(MemberStatus.Up, Here.SelfMember.Status);
    }

    [Fact]
    public void A_seed_node_that_is_its_own_first_seed_forms_a_cluster()
    {
        Here.JoinSeedNodes([Here.SelfAddress]);
        AwaitUp(1, Sys);
    }

    [Fact]
    public async Task JoinAsync_completes_when_the_node_is_up()
    {
        await Here.JoinAsync(Here.SelfAddress).WaitAsync(Soon);
        Assert.True(Here.IsUp);
    }

    [Fact]
    public void A_joining_node_is_announced_and_then_up()
    {
        Form();
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        events.ExpectMsg<CurrentClusterState>();
        var other = StartNode();
        Of(other).Join(Here.SelfAddress);
        Assert.Equal(Of(other).SelfUniqueAddress, events.ExpectMsg<MemberJoined>().Member.UniqueAddress);
        Assert.Equal(MemberStatus.Up, events.ExpectMsg<MemberUp>().Member.Status);
    }

    [Fact]
    public void A_leaving_node_leaves_exits_and_is_removed_and_its_system_ends()
    {
        var other = StartNode();
        Form(other);
        var address = Of(other).SelfAddress;
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(IMemberEvent));
        events.ExpectMsg<CurrentClusterState>();
        Here.Leave(address);
        Assert.Equal(address, events.ExpectMsg<MemberLeft>().Member.Address);
        Assert.Equal(address, events.ExpectMsg<MemberExited>().Member.Address);
        var removed = events.ExpectMsg<MemberRemoved>();
        Assert.Equal((address, MemberStatus.Removed, MemberStatus.Exiting), (removed.Member.Address, removed.Member.Status, removed.PreviousStatus));
        AwaitCondition(() => other.WhenTerminated.IsCompleted, Soon);
        Assert.True(Of(other).IsTerminated);
        AwaitUp(1, Sys);
    }

    [Fact]
    public async Task A_system_that_terminates_leaves_first()
    {
        var other = StartNode();
        Form(other);
        var events = Subscribe(SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(MemberLeft), typeof(MemberRemoved));
        events.ExpectMsg<CurrentClusterState>();
        await other.Terminate().WaitAsync(Soon);
        events.ExpectMsg<MemberLeft>();
        events.ExpectMsg<MemberRemoved>();
    }

    [Fact]
    public void Callbacks_are_called_when_the_node_is_up_and_at_once_when_it_already_is()
    {
        var test = TestActor;
        Here.RegisterOnMemberUp(() => test.Tell("up"));
        Form();
        ExpectMsg("up");
        Here.RegisterOnMemberUp(() => test.Tell("already up"));
        ExpectMsg("already up");
    }

    [Fact]
    public void A_callback_is_called_when_the_node_is_removed()
    {
        var test = TestActor;
        var other = StartNode();
        Form(other);
        Of(other).RegisterOnMemberRemoved(() => test.Tell("removed"));
        Of(other).Leave(Of(other).SelfAddress);
        ExpectMsg("removed");
    }

    [Fact]
    public void Members_have_roles_and_a_role_has_a_leader()
    {
        var relay = StartNode("akka.cluster.roles = [relay, edge]");
        Form(relay);
        var member = Here.State.Members.Single(member => member.Address == Of(relay).SelfAddress);
        Assert.Equal(["edge", "relay"], member.Roles.Order());
        Assert.True(member.HasRole("relay"));
        Assert.False(Here.SelfMember.HasRole("relay"));
        Assert.Equal(["edge", "relay"], Of(relay).SelfRoles.Order());
        AwaitAssert(() => Assert.Equal(Of(relay).SelfAddress, Here.State.RoleLeader("relay")));
        Assert.Equal(["edge", "relay"], Here.State.AllRoles.Order());
    }

    [Fact]
    public void Everyone_agrees_on_the_leader_and_it_is_the_lowest_address()
    {
        var nodes = Form(StartNode(), StartNode());
        var lowest = nodes.Select(node => Of(node).SelfAddress).Order(Member.AddressOrdering).First();
        AwaitAssert(() => Assert.All(nodes, node => Assert.Equal(lowest, Of(node).State.Leader)));
    }

    [Fact]
    public void The_older_member_is_the_one_that_was_up_first()
    {
        var nodes = Form(StartNode());
        var members = Here.State.Members.Order(Member.AgeOrdering).Select(member => member.Address);
        Assert.Equal(nodes.Select(node => Of(node).SelfAddress), members);
        Assert.True(Here.State.Members.First(member => member.Address == Here.SelfAddress).IsOlderThan(
            Here.State.Members.First(member => member.Address != Here.SelfAddress)));
    }

    [Fact]
    public async Task An_actor_of_another_member_can_be_asked()
    {
        var other = StartNode();
        Form(other);
        other.ActorOf(Scripted.By((message, context) => context.Sender.Tell(message)), "echo");
        Assert.Equal("hello", await Sys.ActorSelection($"{Of(other).SelfAddress}/user/echo").Ask<string>("hello", Soon));
    }
}
