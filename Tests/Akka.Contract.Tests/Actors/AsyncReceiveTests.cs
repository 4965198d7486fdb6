using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class AsyncReceiveTests : ContractTest
{
    [Fact]
    public void The_next_message_waits_until_an_asynchronous_handler_has_ended()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        actor.Tell("await");
        actor.Tell("next");
        ExpectMsg("before");
        gate.SetResult();
        ExpectMsg("after");
        ExpectMsg("next");
    }

    [Fact]
    public void Self_sender_and_context_are_the_same_after_an_await()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Remembering()), "remembering");
        actor.Tell("hello");
        ExpectMsgFrom(actor, "remembering hello");
    }

    [Fact]
    public void A_failure_after_an_await_restarts_the_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Failing()));
        actor.Tell("count");
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell("fail"));
        actor.Tell("count");
        Assert.Equal([1, 1], ReceiveN(2));
    }

    [Fact]
    public void A_stop_abandons_an_asynchronous_handler_at_its_await()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task)));
        Watch(actor);
        actor.Tell("await");
        ExpectMsg("before");
        Sys.Stop(actor);
        ExpectTerminated(actor);
        gate.SetResult();
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_handler_that_does_not_await_keeps_the_order()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Immediate()));
        for (var number = 0; number < 100; number++)
            actor.Tell(number);
        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
    }

    [Fact]
    public void RunTask_makes_a_synchronous_handler_wait()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Running(gate.Task)));
        actor.Tell("run");
        actor.Tell("next");
        ExpectMsg("before");
        gate.SetResult();
        ExpectMsg("after");
        ExpectMsg("next");
    }

    [Fact]
    public void Become_after_an_await_holds_for_the_next_message()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Changing()));
        actor.Tell("one");
        actor.Tell("two");
        ExpectMsg("changed two");
    }

    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(Task gate)
        {
            ReceiveAsync<string>(message => message == "await", async _ =>
            {
                Sender.Tell("before");
                await gate;
                Sender.Tell("after");
            });
            Receive<string>(message => Sender.Tell(message));
        }
    }

    private sealed class Remembering : ReceiveActor
    {
        public Remembering() => ReceiveAnyAsync(async message =>
        {
            await Task.Yield();
            Sender.Tell($"{Context.Self.Path.Name} {message}");
        });
    }

    private sealed class Failing : ReceiveActor
    {
        private int _count;

        public Failing()
        {
            Receive<string>(message => message == "count", _ => Sender.Tell(++_count));
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("after the await");
            });
        }
    }

    private sealed class Immediate : ReceiveActor
    {
        public Immediate() => ReceiveAsync<int>(number =>
        {
            Sender.Tell(number);
            return Task.CompletedTask;
        });
    }

    private sealed class Running : UntypedActor
    {
        private readonly Task _gate;

        public Running(Task gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            if (message is not "run")
            {
                Sender.Tell(message);
                return;
            }
            RunTask(async () =>
            {
                Sender.Tell("before");
                await _gate;
                Sender.Tell("after");
            });
        }
    }

    private sealed class Changing : ReceiveActor
    {
        public Changing() => ReceiveAsync<string>(async _ =>
        {
            await Task.Yield();
            Become(() => Receive<string>(message => Sender.Tell($"changed {message}")));
        });
    }
}
