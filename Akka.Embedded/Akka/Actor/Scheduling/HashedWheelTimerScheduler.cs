using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The scheduler of a system: one thread that turns a wheel, started with the first work and asleep while there is none. Work is due at
/// the first tick after its delay.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private static readonly long Epoch = Stopwatch.GetTimestamp();

    private readonly TimerWheel _wheel;
    private readonly TimeSpan _tick;
    private readonly TimeSpan _shutdownTimeout;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<ScheduledWork> _added = new();
    private readonly ConcurrentQueue<ScheduledWork> _cancelled = new();
    private readonly ManualResetEventSlim _wake = new(false, 0);
    private readonly Lock _starting = new();
    private Thread? _thread;
    private long _tickDone;
    private volatile bool _idle;
    private volatile bool _stopped;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        var slots = scheduler.Int("akka.scheduler.ticks-per-wheel", 1);
        _wheel = new TimerWheel((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)slots));
        _tick = scheduler.Duration("akka.scheduler.tick-duration");
        if (_tick < TimeSpan.FromMilliseconds(1))
            throw new ConfigurationException($"akka.scheduler.tick-duration: {_tick.TotalMilliseconds}ms is less than the shortest tick of 1ms.");
        _shutdownTimeout = scheduler.Duration("akka.scheduler.shutdown-timeout");
    }

    public override TimeSpan MonotonicClock => Stopwatch.GetElapsedTime(Epoch);
    public override TimeSpan HighResMonotonicClock => MonotonicClock;
    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, receiver, message, sender, cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, receiver, message, sender, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, action, null, null, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Add(delay, TimeSpan.Zero, action, null, null, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, null, null, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, null, null, cancelable);

    /// <summary>What is waiting is dropped, but for dispatchers about to shut down, and nothing new is taken.</summary>
    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        if (_thread is { } thread && thread != Thread.CurrentThread && !thread.Join(_shutdownTimeout))
            Log.Warning("The scheduler did not stop within [{0}]", _shutdownTimeout);
    }

    private void Add(TimeSpan delay, TimeSpan interval, object target, object? message, IActorRef? sender, ICancelable? cancelable)
    {
        if (_stopped)
            throw new SchedulerException("Cannot enqueue after the scheduler has been shut down");
        if (cancelable?.IsCancellationRequested == true)
            return;
        var due = TicksIn(Stopwatch.GetElapsedTime(_start) + delay) + 1;
        var work = new ScheduledWork(target, message, sender, due, interval == TimeSpan.Zero ? 0 : Math.Max(1, TicksIn(interval)), cancelable);
        _added.Enqueue(work);
        (cancelable as Cancelable)?.OnCancel(() => Cancel(work));
        if (_thread is null)
            StartThread();
        else if (_idle)
            _wake.Set();
    }

    private void Cancel(ScheduledWork work)
    {
        work.Forget();
        _cancelled.Enqueue(work);
    }

    private long TicksIn(TimeSpan time) => time.Ticks / _tick.Ticks;

    private void StartThread()
    {
        lock (_starting)
        {
            if (_thread is not null)
                return;
            _thread = new Thread(Turn) { IsBackground = true, Name = "akka-scheduler" };
            _thread.Start();
        }
    }

    private void Turn()
    {
        var due = new List<ScheduledWork>();
        _tickDone = TicksIn(Stopwatch.GetElapsedTime(_start)) - 1;
        while (!_stopped)
        {
            TakeIn(due);
            var now = TicksIn(Stopwatch.GetElapsedTime(_start));
            while (_tickDone < now)
                _wheel.TakeDue(++_tickDone, due);
            foreach (var work in due)
                Run(work);
            due.Clear();
            Sleep();
        }

        foreach (var work in _wheel.All.Concat(_added).Where(work => work.IsPendingShutdown).ToArray())
            work.Run();
    }

    /// <summary>New work into the wheel, or, if its tick has passed meanwhile, into <paramref name="due"/>.</summary>
    private void TakeIn(List<ScheduledWork> due)
    {
        while (_added.TryDequeue(out var work))
        {
            if (work.IsCancelled)
                continue;
            if (work.DueTick <= _tickDone)
                due.Add(work);
            else
                _wheel.Add(work);
        }

        while (_cancelled.TryDequeue(out var work))
            _wheel.Remove(work);
    }

    private void Run(ScheduledWork work)
    {
        if (work.IsCancelled)
            return;
        try
        {
            work.Run();
        }
        catch (Exception e)
        {
            Log.Error(e, "Error while executing scheduled task {0}", e.Message);
            work.Forget();
            return;
        }

        if (work.IntervalTicks == 0)
        {
            work.Forget();
            return;
        }

        work.DueTick = Math.Max(work.DueTick + work.IntervalTicks, _tickDone + 1);
        _wheel.Add(work);
    }

    private void Sleep()
    {
        if (_wheel.Count > 0)
        {
            var next = TimeSpan.FromTicks((_tickDone + 1) * _tick.Ticks) - Stopwatch.GetElapsedTime(_start);
            if (next > TimeSpan.Zero)
                _wake.Wait((int)Math.Ceiling(next.TotalMilliseconds));
            return;
        }

        _wake.Reset();
        _idle = true;
        Interlocked.MemoryBarrier();
        if (_added.IsEmpty && !_stopped)
            _wake.Wait();
        _idle = false;
        if (!_stopped)
            _wake.Reset();
        _tickDone = Math.Max(_tickDone, TicksIn(Stopwatch.GetElapsedTime(_start)) - 1);
    }
}
