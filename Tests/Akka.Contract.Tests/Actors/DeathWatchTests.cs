using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class DeathWatchTests : ContractTest
{
    [Fact]
    public void Every_watcher_hears_of_the_end_once()
    {
        var actor = Idle();
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        one.Watch(actor);
        one.Watch(actor);
        two.Watch(actor);
        Sys.Stop(actor);
        one.ExpectTerminated(actor);
        two.ExpectTerminated(actor);
        one.Send(one.Ref, "marker");
        one.ExpectMsg("marker");
    }

    [Fact]
    public void The_end_of_an_actor_that_existed_is_confirmed_and_not_inferred_from_its_address()
    {
        var actor = Idle();
        Watch(actor);
        Sys.Stop(actor);
        var terminated = ExpectTerminated(actor);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public void Watching_an_actor_that_is_gone_tells_its_end_at_once()
    {
        var actor = Idle();
        StopAndWait(actor);
        Watch(actor);
        Assert.Equal(actor, ExpectMsg<Terminated>().ActorRef);
    }

    [Fact]
    public void WatchWith_brings_a_message_of_the_watchers_own()
    {
        var test = TestActor;
        var friend = Idle();
        var watcher = Run((message, context) =>
        {
            if (message is "watch")
                context.WatchWith(friend, "my friend is gone");
            test.Tell(message);
        });
        watcher.Tell("watch");
        ExpectMsg("watch");
        Sys.Stop(friend);
        ExpectMsg("my friend is gone");
    }

    [Fact]
    public void The_message_of_the_first_WatchWith_counts()
    {
        var test = TestActor;
        var friend = Idle();
        var watcher = Run((message, context) =>
        {
            if (message is "watch")
            {
                context.WatchWith(friend, "first");
                context.WatchWith(friend, "second");
            }
            test.Tell(message);
        });
        watcher.Tell("watch");
        ExpectMsg("watch");
        Sys.Stop(friend);
        ExpectMsg("first");
        watcher.Tell("marker");
        ExpectMsg("marker");
    }

    [Fact]
    public void A_forged_end_of_an_actor_that_is_not_watched_is_not_received()
    {
        var test = TestActor;
        var friend = Idle();
        var actor = Run((message, _) => test.Tell(message.ToString()!));
        actor.Tell(new Terminated(friend, true, false));
        actor.Tell("marker");
        ExpectMsg("marker");
    }

    [Fact]
    public void Unwatch_ends_a_watch_even_when_the_news_already_waits()
    {
        var test = TestActor;
        var friend = Idle();
        var watcher = Run((message, context) =>
        {
            switch (message)
            {
                case "watch":
                    context.Watch(friend);
                    break;
                case "unwatch":
                    StopAndWait(friend);
                    context.Unwatch(friend);
                    context.Self.Tell("marker");
                    return;
            }
            test.Tell(message);
        });
        watcher.Tell("watch");
        ExpectMsg("watch");
        watcher.Tell("unwatch");
        ExpectMsg("marker");
    }

    [Fact]
    public void An_unhandled_end_is_a_death_pact()
    {
        var friend = Idle();
        var watcher = Sys.ActorOf(Props.Create(() => new Pact(friend)));
        Watch(watcher);
        watcher.Tell("ready?");
        ExpectMsg("ready");
        EventFilter.Exception<DeathPactException>().ExpectOne(() => Sys.Stop(friend));
        ExpectTerminated(watcher);
    }

    [Fact]
    public void A_restart_keeps_the_watches()
    {
        var test = TestActor;
        var friend = Idle();
        var watcher = Run((message, context) =>
        {
            switch (message)
            {
                case Exception failure:
                    throw failure;
                case "watch":
                    context.Watch(friend);
                    break;
                case Terminated terminated:
                    test.Tell(terminated.ActorRef);
                    return;
            }
            test.Tell(message);
        });
        watcher.Tell("watch");
        ExpectMsg("watch");
        watcher.Tell(new InvalidOperationException());
        watcher.Tell("restarted");
        ExpectMsg("restarted");
        Sys.Stop(friend);
        Assert.Equal(friend, ExpectMsg<IActorRef>());
    }

    [Fact]
    public void A_restart_of_the_watched_is_not_its_end()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Fragile()));
        Watch(actor);
        actor.Tell(new InvalidOperationException());
        actor.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void The_end_comes_after_everything_that_the_actor_has_told()
    {
        var test = TestActor;
        var actor = Run((_, context) =>
        {
            for (var number = 0; number < 100; number++)
                test.Tell(number);
            context.Stop(context.Self);
        });
        Watch(actor);
        actor.Tell("go");
        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
        ExpectTerminated(actor);
    }

    private sealed class Pact : ReceiveActor
    {
        public Pact(IActorRef friend)
        {
            Context.Watch(friend);
            Receive<string>(_ => Sender.Tell("ready"));
        }
    }
}
