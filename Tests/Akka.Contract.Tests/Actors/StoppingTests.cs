using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Actors;

public sealed class StoppingTests : ContractTest
{
    [Fact]
    public void Stop_lets_the_current_message_end_and_makes_dead_letters_of_the_rest()
    {
        var gate = new Gate();
        var letters = Listen<DeadLetter>();
        var test = TestActor;
        var actor = Run((message, _) =>
        {
            gate.Pass();
            test.Tell(message);
        });
        actor.Tell(1);
        gate.AwaitVisitor();
        actor.Tell(2);
        actor.Tell(3);
        StopAtOnce(actor);
        gate.Open();
        ExpectMsg(1);
        Assert.Equal([2, 3], letters.ReceiveN(2).Cast<DeadLetter>().Select(letter => letter.Message));
    }

    [Fact]
    public void A_poison_pill_waits_its_turn()
    {
        var test = TestActor;
        var actor = Run((message, _) => test.Tell(message));
        Watch(actor);
        actor.Tell(1);
        actor.Tell(PoisonPill.Instance);
        actor.Tell(2);
        ExpectMsg(1);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Kill_stops_an_actor_and_logs_why()
    {
        var actor = Idle("victim");
        Watch(actor);
        EventFilter.Exception<ActorKilledException>().ExpectOne(() => actor.Tell(Kill.Instance));
        ExpectTerminated(actor);
    }

    [Fact]
    public void Children_end_before_their_parent()
    {
        var test = TestActor;
        var parent = Sys.ActorOf(Props.Create(() => new Mourner(test, "parent", 2)));
        Watch(parent);
        Sys.Stop(parent);
        ExpectMsgAllOf("child 0", "child 1");
        ExpectMsg("parent");
        ExpectTerminated(parent);
    }

    [Fact]
    public void An_actor_can_stop_itself_and_ends_its_message_first()
    {
        var test = TestActor;
        var actor = Run((_, context) =>
        {
            context.Stop(context.Self);
            test.Tell("still here");
        });
        Watch(actor);
        actor.Tell("stop");
        ExpectMsg("still here");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_parent_can_stop_a_child()
    {
        var test = TestActor;
        var parent = Run((message, context) =>
        {
            if (message is "spawn")
                test.Tell(context.ActorOf(Scripted.By((_, _) => { }), "child"));
            else
                context.Stop(context.Child("child"));
        });
        parent.Tell("spawn");
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        parent.Tell("stop");
        ExpectTerminated(child);
    }

    [Fact]
    public void A_message_to_a_stopped_actor_is_a_dead_letter_with_its_sender_and_recipient()
    {
        var actor = Idle();
        StopAndWait(actor);
        var letters = Listen<DeadLetter>();
        actor.Tell("too late", TestActor);
        var letter = letters.ExpectMsg<DeadLetter>();
        Assert.Equal(("too late", TestActor, actor), (letter.Message, letter.Sender, letter.Recipient));
    }

    [Fact]
    public async Task GracefulStop_is_true_once_the_actor_is_gone()
    {
        var actor = Idle();
        Watch(actor);
        Assert.True(await actor.GracefulStop(Soon));
        ExpectTerminated(actor);
    }

    [Fact]
    public async Task GracefulStop_of_a_stopped_actor_is_true()
    {
        var actor = Idle();
        StopAndWait(actor);
        Assert.True(await actor.GracefulStop(Soon));
    }

    [Fact]
    public async Task GracefulStop_is_false_for_an_actor_that_does_not_end_in_time()
    {
        var gate = new Gate();
        var actor = Run((_, _) => gate.Pass());
        actor.Tell("work");
        gate.AwaitVisitor();
        Assert.False(await actor.GracefulStop(TimeSpan.FromMilliseconds(100)));
        gate.Open();
    }

    [Fact]
    public async Task GracefulStop_can_use_a_message_of_the_actors_own()
    {
        var actor = Run((message, context) =>
        {
            if (message is "go")
                context.Stop(context.Self);
        });
        Assert.True(await actor.GracefulStop(Soon, "go"));
    }

    [Fact]
    public void Nobody_is_nobody()
    {
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.False(TestActor.IsNobody());
    }

    private sealed class Mourner : ReceiveActor
    {
        private readonly IActorRef _test;
        private readonly string _name;

        public Mourner(IActorRef test, string name, int children)
        {
            (_test, _name) = (test, name);
            for (var child = 0; child < children; child++)
            {
                var number = child;
                Context.ActorOf(Props.Create(() => new Mourner(test, $"child {number}", 0)));
            }
        }

        protected override void PostStop() => _test.Tell(_name);
    }
}
