namespace Akka.Actor;

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMessage> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
            timer.Task.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers.Clear();
    }

    /// <summary>The message that is due, or null if its timer is no longer the one of that key.</summary>
    internal object? Accept(TimerMessage due)
    {
        if (due.Owner != this || !_timers.TryGetValue(due.Key, out var active) || active != due)
            return null;
        if (!due.Repeats)
            _timers.Remove(due.Key);
        return due.Message;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var scheduler = cell.System.Scheduler;
        var task = new Cancelable(scheduler);
        var timer = _timers[key] = new TimerMessage(this, key, message, interval is not null, task);
        if (interval is { } period)
            scheduler.ScheduleTellRepeatedly(delay, period, cell.Self, timer, sender, task);
        else
            scheduler.ScheduleTellOnce(delay, cell.Self, timer, sender, task);
    }
}
