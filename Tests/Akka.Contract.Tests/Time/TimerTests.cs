using Akka.Actor;
using Akka.TestKit;

namespace Akka.Contract.Tests.Time;

public sealed class TimerTests : ContractTest
{
    private readonly TestScheduler _clock;
    private readonly IActorRef _actor;

    public TimerTests()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        _clock = (TestScheduler)Sys.Scheduler;
        var test = TestActor;
        _actor = Sys.ActorOf(Props.Create(() => new Timed(test)));
    }

    [Fact]
    public void A_single_timer_fires_once()
    {
        Do(timers => timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Do(timers => Assert.True(timers.IsTimerActive("key")));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        ExpectMsg("tick");
        Do(timers => Assert.False(timers.IsTimerActive("key")));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Do(_ => { });
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_cancelled()
    {
        Do(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(1)));
        for (var second = 0; second < 3; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            ExpectMsg("tick");
        }
        Do(timers => timers.Cancel("key"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Do(timers => Assert.False(timers.IsTimerActive("key")));
    }

    [Fact]
    public void A_periodic_timer_can_begin_with_another_delay()
    {
        Do(timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(5));
        ExpectMsg("tick");
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg("tick");
    }

    [Fact]
    public void A_new_timer_of_the_same_key_takes_the_place_of_the_old_one()
    {
        Do(timers =>
        {
            timers.StartSingleTimer("key", "old", TimeSpan.FromSeconds(1));
            timers.StartSingleTimer("key", "new", TimeSpan.FromSeconds(2));
        });
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg("new");
    }

    [Fact]
    public void A_cancelled_timer_that_has_already_fired_into_the_mailbox_is_not_received()
    {
        Do(timers =>
        {
            timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(1));
            _clock.Advance(TimeSpan.FromSeconds(1));
            timers.Cancel("key");
        });
        Do(_ => { });
    }

    [Fact]
    public void CancelAll_cancels_all()
    {
        Do(timers =>
        {
            timers.StartSingleTimer("one", 1, TimeSpan.FromSeconds(1));
            timers.StartSingleTimer("two", 2, TimeSpan.FromSeconds(1));
            timers.CancelAll();
        });
        _clock.Advance(TimeSpan.FromSeconds(1));
        Do(_ => { });
    }

    [Fact]
    public void A_restart_cancels_the_timers()
    {
        Do(timers => timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(1)));
        _actor.Tell(new InvalidOperationException());
        Do(timers => Assert.False(timers.IsTimerActive("key")));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Do(_ => { });
    }

    [Fact]
    public void A_stop_cancels_the_timers()
    {
        Do(timers => timers.StartSingleTimer("key", "tick", TimeSpan.FromSeconds(1)));
        StopAndWait(_actor);
        EventFilter.DeadLetter<string>().Expect(0, TimeSpan.FromMilliseconds(100), () => _clock.Advance(TimeSpan.FromSeconds(1)));
    }

    /// <summary>Runs something in the actor and waits for it; nothing else may have been received before.</summary>
    private void Do(Action<ITimerScheduler> action)
    {
        _actor.Tell(action);
        if (ExpectMsg<Done>().Failure is { } failure)
            throw failure;
    }

    private sealed record Done(Exception? Failure);

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef test)
        {
            Receive<Action<ITimerScheduler>>(action => test.Tell(new Done(Record.Exception(() => action(Timers)))));
            Receive<Exception>(failure => throw failure);
            ReceiveAny(test.Tell);
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
