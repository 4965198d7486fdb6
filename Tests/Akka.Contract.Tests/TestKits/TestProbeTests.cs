using Akka.Actor;
using Akka.TestKit;

namespace Akka.Contract.Tests.TestKits;

public sealed class TestProbeTests : ContractTest
{
    private readonly TestProbe _probe;

    public TestProbeTests() => _probe = CreateTestProbe("probe");

    [Fact]
    public void A_probe_receives_for_itself()
    {
        _probe.Ref.Tell("hello");
        _probe.ExpectMsgFrom(TestActor, "hello");
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_can_stand_where_a_reference_is_wanted()
    {
        IActorRef reference = _probe;
        reference.Tell("hello", TestActor);
        _probe.ExpectMsg("hello");
        Assert.Equal(_probe.Ref, reference);
        Assert.StartsWith("probe", _probe.Ref.Path.Name);
    }

    [Fact]
    public void A_probe_sends_in_its_own_name()
    {
        _probe.Send(TestActor, "hello");
        ExpectMsgFrom(_probe.Ref, "hello");
    }

    [Fact]
    public void A_probe_replies_to_the_last_sender()
    {
        _probe.Ref.Tell("question");
        _probe.ExpectMsg("question");
        _probe.Reply("answer");
        ExpectMsgFrom(_probe.Ref, "answer");
        Assert.Equal(TestActor, _probe.Sender);
    }

    [Fact]
    public void A_probe_forwards_in_the_senders_name()
    {
        var origin = CreateTestProbe();
        origin.Send(_probe.Ref, "hello");
        _probe.ExpectMsg("hello");
        _probe.Forward(TestActor);
        ExpectMsgFrom(origin.Ref, "hello");
    }

    [Fact]
    public void Making_a_probe_does_not_take_the_place_of_the_test_as_sender()
    {
        CreateTestProbe();
        Run((message, context) => context.Sender.Tell(message)).Tell("echo");
        ExpectMsg("echo");
    }

    [Fact]
    public void A_probe_can_be_watched_and_stopped()
    {
        Watch(_probe.Ref);
        Sys.Stop(_probe.Ref);
        ExpectTerminated(_probe.Ref);
    }

    [Fact]
    public void A_probe_can_watch()
    {
        var actor = Idle();
        _probe.Watch(actor);
        Sys.Stop(actor);
        _probe.ExpectTerminated(actor);
    }

    [Fact]
    public void A_pilot_answers_until_it_leaves()
    {
        _probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"{message}?", ActorRefs.NoSender);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));
        foreach (var message in new[] { "one", "last", "none" })
            _probe.Ref.Tell(message);
        ExpectMsg("one?");
        ExpectMsg("last?");
        Assert.Equal(["one", "last", "none"], _probe.ReceiveN(3));
        Assert.False(HasMessages);
    }

    [Fact]
    public void A_probe_can_be_a_parent()
    {
        var child = _probe.ChildActorOf(Scripted.By((_, context) => context.Parent.Tell("hello parent")), "child");
        child.Tell("go");
        _probe.ExpectMsgFrom(child, "hello parent");
        Assert.Equal(_probe.Ref.Path, child.Path.Parent);
    }
}
