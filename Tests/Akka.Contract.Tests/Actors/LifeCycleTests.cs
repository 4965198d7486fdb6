using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class LifeCycleTests : ContractTest
{
    [Fact]
    public void An_actor_starts_with_its_constructor_and_PreStart_and_ends_with_PostStop()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Diary(test)));
        actor.Tell("work");
        actor.Tell(PoisonPill.Instance);
        Assert.Equal(["constructor", "PreStart", "work", "PostStop"], ReceiveN(4));
    }

    [Fact]
    public void A_restart_calls_the_hooks_in_their_order()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Diary(test)));
        actor.Tell(new InvalidOperationException("oops"));
        actor.Tell("work");
        Assert.Equal(
            ["constructor", "PreStart", "PreRestart oops InvalidOperationException", "PostStop", "constructor", "PostRestart oops", "PreStart", "work"],
            ReceiveN(8));
    }

    [Fact]
    public void An_instance_whose_PostRestart_failed_still_gets_its_PostStop()
    {
        var test = TestActor;
        var actor = Watch(Sys.ActorOf(Props.Create(() => new BadRestart(test))));
        actor.Tell("fail");
        ExpectMsg("PostStop after 1 PreStart");
        ExpectMsg("PostStop after 0 PreStart");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_restart_keeps_reference_path_and_mailbox_and_loses_state_and_the_failing_message()
    {
        var gate = new Gate();
        var actor = Sys.ActorOf(Props.Create(() => new Counter(gate)), "counter");
        actor.Tell("count");
        actor.Tell("fail");
        actor.Tell("count");
        actor.Tell("count");
        gate.Open();
        Assert.Equal([1, 1, 2], ReceiveN(3));
        Assert.Equal("/user/counter", actor.Path.ToStringWithoutAddress());
    }

    [Fact]
    public void A_restart_stops_the_children_before_the_new_instance_is_made()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Parent(test, false)));
        ExpectMsg("parent made");
        ExpectMsg("child made");
        actor.Tell("fail");
        ExpectMsg("child stopped");
        ExpectMsg("parent made");
        ExpectMsg("child made");
    }

    [Fact]
    public void Children_survive_a_restart_whose_PreRestart_leaves_them_alone_and_are_restarted_with_the_parent()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Parent(test, true)));
        ExpectMsg("parent made");
        ExpectMsg("child made");
        actor.Tell("fail");
        var told = ReceiveN(3).Cast<string>().ToList();
        Assert.Equal(["child made", "child stopped", "parent made"], told.Order());
    }

    [Fact]
    public void An_actor_whose_constructor_throws_is_stopped()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
        {
            var actor = Sys.ActorOf(Props.Create(() => new Stillborn(true)));
            Watch(actor);
            ExpectTerminated(actor);
        });
    }

    [Fact]
    public void An_actor_whose_PreStart_throws_is_stopped()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
        {
            var actor = Sys.ActorOf(Props.Create(() => new Stillborn(false)));
            Watch(actor);
            ExpectTerminated(actor);
        });
    }

    [Fact]
    public void PostStop_that_throws_does_not_keep_the_actor_from_ending()
    {
        var actor = Sys.ActorOf(Props.Create(() => new BadEnd()));
        Watch(actor);
        EventFilter.Error(contains: "bad end").ExpectOne(() => Sys.Stop(actor));
        ExpectTerminated(actor);
    }

    [Fact]
    public void PostStop_can_make_no_children()
    {
        var test = TestActor;
        Sys.Stop(Sys.ActorOf(Props.Create(() => new LateParent(test))));
        ExpectMsg<InvalidOperationException>();
    }

    private sealed class Diary : ReceiveActor
    {
        private readonly IActorRef _test;

        public Diary(IActorRef test)
        {
            _test = test;
            test.Tell("constructor");
            Receive<string>(message => test.Tell(message));
            Receive<Exception>(failure => throw failure);
        }

        protected override void PreStart() => _test.Tell("PreStart");

        protected override void PostStop() => _test.Tell("PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            _test.Tell($"PreRestart {reason.Message} {message.GetType().Name}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _test.Tell($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private sealed class BadRestart : UntypedActor
    {
        private readonly IActorRef _test;
        private int _starts;

        public BadRestart(IActorRef test) => _test = test;

        protected override void OnReceive(object message) => throw new InvalidOperationException("oops");

        protected override void PreStart() => _starts++;

        protected override void PostStop() => _test.Tell($"PostStop after {_starts} PreStart");

        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("again");
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter(Gate gate)
        {
            Receive<string>(message => message == "count", _ =>
            {
                gate.Pass();
                Sender.Tell(++_count);
            });
            Receive<string>(_ => throw new InvalidOperationException());
        }
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly bool _keepsChildren;

        public Parent(IActorRef test, bool keepsChildren)
        {
            _keepsChildren = keepsChildren;
            test.Tell("parent made");
            if (Context.Child("child").IsNobody())
                Context.ActorOf(Props.Create(() => new Child(test)), "child");
            ReceiveAny(_ => throw new InvalidOperationException());
        }

        protected override void PreRestart(Exception reason, object message)
        {
            if (!_keepsChildren)
                base.PreRestart(reason, message);
        }
    }

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef _test;

        public Child(IActorRef test)
        {
            _test = test;
            test.Tell("child made");
        }

        protected override void PostStop() => _test.Tell("child stopped");
    }

    private sealed class Stillborn : ReceiveActor
    {
        private readonly bool _inConstructor;

        public Stillborn(bool inConstructor)
        {
            _inConstructor = inConstructor;
            if (inConstructor)
                throw new InvalidOperationException("constructor");
        }

        protected override void PreStart()
        {
            if (!_inConstructor)
                throw new InvalidOperationException("PreStart");
        }
    }

    private sealed class BadEnd : ReceiveActor
    {
        protected override void PostStop() => throw new InvalidOperationException("bad end");
    }

    private sealed class LateParent(IActorRef test) : ReceiveActor
    {
        protected override void PostStop() => test.Tell(Record.Exception(() => Context.ActorOf(Props.Create(() => new BadEnd())))!);
    }
}
