using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class MailboxTests : ContractTest
{
    [Fact]
    public void Messages_of_one_sender_arrive_in_their_order()
    {
        var actor = Run((message, context) => context.Sender.Tell(message));
        for (var number = 0; number < 1000; number++)
            actor.Tell(number);
        Assert.Equal(Enumerable.Range(0, 1000), ReceiveN(1000).Cast<int>());
    }

    [Fact]
    public async Task An_actor_handles_one_message_at_a_time_whoever_sends_them()
    {
        var (inside, overlaps, handled) = (0, 0, 0);
        var actor = Run((message, context) =>
        {
            if (message is string)
            {
                context.Sender.Tell((overlaps, handled));
                return;
            }
            overlaps += Interlocked.Increment(ref inside) - 1;
            handled++;
            Interlocked.Decrement(ref inside);
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var number = 0; number < 5000; number++)
                actor.Tell(number);
        })));
        actor.Tell("done");
        Assert.Equal((0, 20000), ExpectMsg<(int, int)>());
    }

    [Fact]
    public void What_an_actor_tells_itself_comes_after_what_was_already_there()
    {
        var gate = new Gate();
        var test = TestActor;
        var actor = Run((message, context) =>
        {
            if (message is "first")
            {
                gate.Pass();
                context.Self.Tell("own");
            }
            test.Tell(message);
        });
        actor.Tell("first");
        actor.Tell("second");
        gate.Open();
        Assert.Equal(["first", "second", "own"], ReceiveN(3));
    }

    [Fact]
    public void A_stop_overtakes_the_messages_that_wait()
    {
        var gate = new Gate();
        var test = TestActor;
        var actor = Run((message, _) =>
        {
            gate.Pass();
            test.Tell(message);
        });
        Watch(actor);
        actor.Tell("handled");
        gate.AwaitVisitor();
        actor.Tell("not handled");
        StopAtOnce(actor);
        gate.Open();
        ExpectMsg("handled");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_message_without_a_sender_comes_from_dead_letters()
    {
        var test = TestActor;
        var actor = Run((_, context) => test.Tell(context.Sender));
        actor.Tell("anonymous", ActorRefs.NoSender);
        Assert.Equal(Sys.DeadLetters, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void The_sender_of_a_message_that_an_actor_tells_is_that_actor()
    {
        var test = TestActor;
        var actor = Run((message, _) => test.Tell(message));
        actor.Tell("hello");
        ExpectMsgFrom(actor, "hello");
    }

    [Fact]
    public void Null_cannot_be_told()
    {
        var actor = Run((message, context) => context.Sender.Tell(message));
        actor.Tell("started");
        ExpectMsg("started");
        Assert.Throws<ArgumentNullException>(() => actor.Tell(null!));
        actor.Tell("alive");
        ExpectMsg("alive");
    }

    [TrapFact("null told to a top-level actor that has not started yet ends the system")]
    public void Null_cannot_be_told_to_an_actor_that_has_just_been_made()
    {
        for (var times = 0; times < 100; times++)
        {
            var actor = Run((message, context) => context.Sender.Tell(message));
            Assert.Throws<ArgumentNullException>(() => actor.Tell(null!));
            actor.Tell("alive");
            ExpectMsg("alive");
        }
    }

    [Fact]
    public void A_message_type_that_nobody_handles_is_published_as_unhandled()
    {
        var unhandled = Listen<Akka.Event.UnhandledMessage>();
        var actor = Sys.ActorOf(Props.Create(() => new HandlesNothing()));
        actor.Tell("who?", TestActor);
        var published = unhandled.ExpectMsg<Akka.Event.UnhandledMessage>();
        Assert.Equal(("who?", TestActor, actor), (published.Message, published.Sender, published.Recipient));
    }

    private sealed class HandlesNothing : ReceiveActor;
}
