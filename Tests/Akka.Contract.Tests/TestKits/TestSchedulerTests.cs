using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Akka.Contract.Tests.TestKits;

public sealed class TestSchedulerTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestScheduler _clock;

    public TestSchedulerTests()
        : base(TestConfigs.TestSchedulerConfig) => _clock = (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Time_stands_still_until_it_is_advanced()
    {
        var before = _clock.Now;
        Assert.Equal(before, _clock.Now);
        _clock.Advance(Second);
        Assert.Equal(before + Second, _clock.Now);
    }

    [Fact]
    public void What_is_due_happens_before_Advance_returns()
    {
        var done = false;
        _clock.Advanced.ScheduleOnce(Second, () => done = true);
        _clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(done);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(done);
    }

    [Fact]
    public void The_earliest_comes_first()
    {
        _clock.ScheduleTellOnce(Second * 2, TestActor, "second", ActorRefs.NoSender);
        _clock.ScheduleTellOnce(Second, TestActor, "first", ActorRefs.NoSender);
        _clock.Advance(Second * 3);
        Assert.Equal(["first", "second"], ReceiveN(2));
    }

    [Fact]
    public void What_repeats_comes_at_each_interval()
    {
        _clock.ScheduleTellRepeatedly(Second, Second * 2, TestActor, "tick", ActorRefs.NoSender);
        var ticks = new List<int>();
        for (var second = 1; second <= 6; second++)
        {
            _clock.Advance(Second);
            if (ReceiveOne(TimeSpan.Zero) is not null)
                ticks.Add(second);
        }
        Assert.Equal([1, 3, 5], ticks);
    }

    [Fact]
    public void What_is_cancelled_does_not_come()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        _clock.ScheduleTellOnce(Second, TestActor, "cancelled", ActorRefs.NoSender, cancelable);
        _clock.ScheduleTellOnce(Second, TestActor, "marker", ActorRefs.NoSender);
        cancelable.Cancel();
        _clock.Advance(Second);
        ExpectMsg("marker");
    }

    [TrapFact("ScheduleOnce(delay, action, cancelable) of its TestScheduler forgets the cancelable")]
    public void An_action_that_is_cancelled_does_not_run()
    {
        var ran = false;
        var cancelable = new Cancelable(Sys.Scheduler);
        _clock.Advanced.ScheduleOnce(Second, () => ran = true, cancelable);
        cancelable.Cancel();
        _clock.Advance(Second);
        Assert.False(ran);
    }

    [Fact]
    public void Time_can_be_set_forward_to_a_moment_and_never_back()
    {
        var when = _clock.Now + Second;
        _clock.ScheduleTellOnce(Second, TestActor, "tick", ActorRefs.NoSender);
        _clock.AdvanceTo(when);
        ExpectMsg("tick");
        Assert.Throws<InvalidOperationException>(() => _clock.AdvanceTo(when - Second));
    }
}
