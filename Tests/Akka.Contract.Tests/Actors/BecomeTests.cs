using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class BecomeTests : ContractTest
{
    [Fact]
    public void Become_replaces_the_behaviour_from_the_next_message_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door()));
        foreach (var message in new[] { "state", "open", "state", "close", "state" })
            actor.Tell(message);
        Assert.Equal(["closed", "open", "closed"], ReceiveN(3));
    }

    [Fact]
    public void Stacked_behaviours_are_taken_off_one_by_one()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Stack()));
        foreach (var message in new[] { "push", "push", "depth", "pop", "depth", "pop", "depth", "pop", "depth" })
            actor.Tell(message);
        Assert.Equal([2, 1, 0, 0], ReceiveN(4));
    }

    [Fact]
    public void Become_in_an_untyped_actor_replaces_its_receive()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Untyped()));
        actor.Tell("one");
        actor.Tell("two");
        Assert.Equal(["before one", "after two"], ReceiveN(2));
    }

    [Fact]
    public void A_restart_forgets_what_the_actor_has_become()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door()));
        actor.Tell("open");
        actor.Tell("fail");
        actor.Tell("state");
        ExpectMsg("closed");
    }

    [Fact]
    public void Handlers_are_tried_in_the_order_of_their_declaration()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Matching()));
        foreach (var message in new object[] { 3, 30, "text", new ArgumentNullException(), 1.5 })
            actor.Tell(message);
        Assert.Equal(["small", "int", "string", "exception", "any"], ReceiveN(5));
    }

    [Fact]
    public void A_handler_that_returns_false_leaves_the_message_to_the_next_one()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Choosy()));
        actor.Tell(1);
        actor.Tell(2);
        Assert.Equal(["odd", "even"], ReceiveN(2));
    }

    [Fact]
    public void No_handler_may_follow_ReceiveAny()
    {
        EventFilter.Exception<ActorInitializationException>().ExpectOne(() =>
        {
            var actor = Sys.ActorOf(Props.Create(() => new Unreachable()));
            Watch(actor);
            ExpectTerminated(actor);
        });
    }

    [Fact]
    public void Handlers_cannot_be_declared_outside_of_constructor_and_Become()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Late(test)));
        actor.Tell("declare");
        ExpectMsg("refused");
    }

    private sealed class Door : ReceiveActor
    {
        public Door() => Closed();

        private void Closed()
        {
            Receive<string>(message => message == "open", _ => Become(Open));
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException());
            Receive<string>(message => message == "state", _ => Sender.Tell("closed"));
        }

        private void Open()
        {
            Receive<string>(message => message == "close", _ => Become(Closed));
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException());
            Receive<string>(message => message == "state", _ => Sender.Tell("open"));
        }
    }

    private sealed class Stack : ReceiveActor
    {
        public Stack() => Depth(0)();

        private Action Depth(int depth) => () => Receive<string>(message =>
        {
            switch (message)
            {
                case "push":
                    BecomeStacked(Depth(depth + 1));
                    break;
                case "pop":
                    UnbecomeStacked();
                    break;
                default:
                    Sender.Tell(depth);
                    break;
            }
        });
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell($"before {message}");
            Become(After);
        }

        private void After(object message) => Sender.Tell($"after {message}");
    }

    private sealed class Matching : ReceiveActor
    {
        public Matching()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small"));
            Receive<int>(_ => Sender.Tell("int"));
            Receive<string>(_ => Sender.Tell("string"));
            Receive<Exception>(_ => Sender.Tell("exception"));
            ReceiveAny(_ => Sender.Tell("any"));
        }
    }

    private sealed class Choosy : ReceiveActor
    {
        public Choosy()
        {
            Receive<int>(number =>
            {
                if (number % 2 == 0)
                    return false;
                Sender.Tell("odd");
                return true;
            });
            Receive<int>(_ => Sender.Tell("even"));
        }
    }

    private sealed class Unreachable : ReceiveActor
    {
        public Unreachable()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }

    private sealed class Late : ReceiveActor
    {
        public Late(IActorRef test) => Receive<string>(_ =>
        {
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException)
            {
                test.Tell("refused");
            }
        });
    }
}
