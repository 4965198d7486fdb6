using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>
/// One timer per idle period: messages only note when they were done, and the timer, when it fires too early, waits for the rest.
/// An actor that is busy is not idle, however long it takes.
/// </summary>
internal sealed class ReceiveTimeoutClock(ActorCell cell, TimeSpan timeout) : IRunnable
{
    private volatile ICancelable? _timer;
    private volatile bool _cancelled;
    private volatile bool _busy;
    private volatile bool _told;
    private long _quietSince;

    public TimeSpan Timeout { get; } = timeout;

    private IScheduler Scheduler => cell.System.Scheduler;

    public void MessageBegins() => _busy = true;

    public void MessageDone()
    {
        Volatile.Write(ref _quietSince, Scheduler.MonotonicClock.Ticks);
        _told = false;
        _busy = false;
    }

    public void Start()
    {
        MessageDone();
        if (_timer is null)
            Wait(Timeout);
    }

    public void Cancel()
    {
        _cancelled = true;
        _timer?.Cancel();
    }

    public void Run()
    {
        if (_busy || _told)
        {
            Wait(Timeout);
            return;
        }

        var left = Timeout - (Scheduler.MonotonicClock - TimeSpan.FromTicks(Volatile.Read(ref _quietSince)));
        if (left <= TimeSpan.Zero)
        {
            _told = true;
            cell.Self.Tell(ReceiveTimeout.Instance, cell.Self);
            left = Timeout;
        }

        Wait(left);
    }

    public void Execute() => Run();

    private void Wait(TimeSpan delay)
    {
        if (_cancelled)
            return;
        var timer = new Cancelable(Scheduler);
        _timer = timer;
        Scheduler.Advanced.ScheduleOnce(delay, this, timer);
        if (_cancelled)
            timer.Cancel();
    }
}
