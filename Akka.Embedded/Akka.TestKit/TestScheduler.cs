using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// A clock that stands still until a test advances it. It is the scheduler of a system whose
/// <c>akka.scheduler.implementation</c> names it (<see cref="Configs.TestConfigs.TestSchedulerConfig"/>); timers, receive timeouts
/// and everything else that is scheduled then wait for the test. What repeats is due at most once at each advance, and next one
/// interval after it.
/// </summary>
public class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<PendingWork, (long Due, long Order)> _work = new();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private DateTimeOffset _now;
    private long _order;

    /// <summary>The constructor that a system looks for; neither settings nor log are needed.</summary>
    public TestScheduler(Config schedulerConfig, ILoggingAdapter log) => _now = _start;

    public IAdvancedScheduler Advanced => this;

    /// <summary>The time of this clock.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>How far this clock has been advanced.</summary>
    public TimeSpan MonotonicClock => Now - _start;

    /// <inheritdoc cref="MonotonicClock"/>
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    protected DateTimeOffset TimeNow => Now;

    /// <summary>Sets the clock forward and does, on this thread, what is due by then, the earliest first.</summary>
    public void Advance(TimeSpan offset)
    {
        foreach (var due in SetForward(offset))
        {
            if (due.IsCancelled)
                continue;
            due.Action();
            if (due.Interval is { } interval && !due.IsCancelled)
                Schedule(due, interval);
        }
    }

    /// <inheritdoc cref="Advance"/>
    /// <exception cref="InvalidOperationException"><paramref name="when"/> is in the past.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        var offset = when - Now;
        if (offset < TimeSpan.Zero)
            throw new InvalidOperationException($"{when:O} is past: the clock stands at {Now:O}.");
        Advance(offset);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null!);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(new PendingWork(() => receiver.Tell(message, sender), null, cancelable), delay);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null!);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(new PendingWork(() => receiver.Tell(message, sender), interval, cancelable), initialDelay);

    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null!);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(new PendingWork(action, null, cancelable), delay);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action.Run);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => ScheduleOnce(delay, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null!);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(new PendingWork(action, interval, cancelable), initialDelay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);

    private void Schedule(PendingWork work, TimeSpan delay)
    {
        lock (_lock)
            _work.Enqueue(work, ((_now + delay).UtcTicks, _order++));
    }

    private List<PendingWork> SetForward(TimeSpan offset)
    {
        lock (_lock)
        {
            _now += offset;
            var due = new List<PendingWork>();
            while (_work.TryPeek(out _, out var priority) && priority.Due <= _now.UtcTicks)
                due.Add(_work.Dequeue());
            return due;
        }
    }
}
