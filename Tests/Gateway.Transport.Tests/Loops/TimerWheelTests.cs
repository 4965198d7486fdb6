namespace Gateway.Transport.Tests;

public class TimerWheelTests
{
    private readonly List<Exception> _faults = [];
    private readonly List<(long Due, long Ran)> _ran = [];
    private readonly TimerWheel _wheel;

    public TimerWheelTests()
    {
        _wheel = new TimerWheel(_faults.Add) { Now = 1_000_000_007 };
        _wheel.Advance();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(262_145)]
    [InlineData(100_000_000)]
    [InlineData(5_000_000_000)]
    public void A_timer_runs_at_its_millisecond_and_not_before(long delay)
    {
        var due = _wheel.Now + delay;
        Add(delay);
        AdvanceTo(due - 1);
        Assert.Empty(_ran);
        AdvanceTo(due);
        Assert.Equal((due, due), Assert.Single(_ran));
    }

    [Fact]
    public void Ten_thousand_timers_run_in_order_however_the_time_jumps()
    {
        var random = new Random(64);
        for (var i = 0; i < 10_000; i++)
            Add(random.NextInt64(1, 1L << random.Next(1, 30)));
        while (_wheel.Count > 0)
        {
            var before = _wheel.Now;
            AdvanceTo(before + Math.Max(_wheel.Delay, random.NextInt64(0, 5000)));
        }
        Assert.Equal(10_000, _ran.Count);
        Assert.All(_ran, timer => Assert.True(timer.Ran >= timer.Due));
        Assert.Equal(_ran.Select(timer => timer.Due).Order(), _ran.Select(timer => timer.Due));
    }

    [Fact]
    public void The_delay_never_sleeps_past_a_timer_and_leads_to_it_in_few_steps()
    {
        Add(123_456_789);
        var steps = 0;
        for (; _ran.Count == 0; steps++)
            AdvanceTo(_wheel.Now + _wheel.Delay);
        Assert.Equal(_ran[0].Due, _ran[0].Ran);
        Assert.InRange(steps, 1, 6);
    }

    [Fact]
    public void A_cancelled_timer_does_not_run()
    {
        var timer = Add(50);
        Add(50);
        timer.Cancel();
        timer.Cancel();
        Assert.False(timer.IsScheduled);
        AdvanceTo(_wheel.Now + 100);
        Assert.Single(_ran);
        Assert.Equal(-1, _wheel.Delay);
    }

    [Fact]
    public void A_moved_timer_runs_once_at_its_new_time()
    {
        var timer = Add(50);
        _wheel.Add(timer, 500);
        AdvanceTo(_wheel.Now + 499);
        Assert.Empty(_ran);
        AdvanceTo(_wheel.Now + 1);
        Assert.Single(_ran);
    }

    [Fact]
    public void A_timer_may_cancel_another_that_is_due_at_the_same_time()
    {
        LoopTimer? first = null, second = null;
        var runs = 0;
        first = new ActionTimer(() => { runs++; second!.Cancel(); });
        second = new ActionTimer(() => { runs++; first.Cancel(); });
        _wheel.Add(first, 5);
        _wheel.Add(second, 5);
        AdvanceTo(_wheel.Now + 10);
        Assert.Equal(1, runs);
    }

    [Fact]
    public void A_timer_that_schedules_itself_without_delay_waits_for_the_next_tick()
    {
        var runs = 0;
        LoopTimer? timer = null;
        timer = new ActionTimer(() => { runs++; _wheel.Add(timer!, 0); });
        _wheel.Add(timer, 0);
        for (var i = 1; i <= 3; i++)
        {
            AdvanceTo(_wheel.Now + 1);
            Assert.Equal(i, runs);
        }
    }

    [Fact]
    public void A_throwing_timer_is_reported_and_the_others_run()
    {
        _wheel.Add(new ActionTimer(() => throw new InvalidOperationException("timer")), 5);
        Add(5);
        Add(6);
        AdvanceTo(_wheel.Now + 10);
        Assert.Equal(2, _ran.Count);
        Assert.Equal("timer", Assert.Single(_faults).Message);
    }

    private ActionTimer Add(long delay)
    {
        var due = _wheel.Now + delay;
        var timer = new ActionTimer(() => _ran.Add((due, _wheel.Now)));
        _wheel.Add(timer, delay);
        return timer;
    }

    private void AdvanceTo(long now)
    {
        _wheel.Now = now;
        _wheel.Advance();
    }
}
