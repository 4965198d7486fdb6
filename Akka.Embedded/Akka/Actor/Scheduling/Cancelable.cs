namespace Akka.Actor;

/// <summary>A handle to cancel scheduled work by. It costs one small object until somebody wants its <see cref="Token"/>.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private CancellationTokenSource? _source;
    private Action? _onCancel;
    private volatile bool _cancelled;

    public Cancelable(IScheduler scheduler)
        : this(scheduler.Advanced)
    {
    }

    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    public Cancelable(IScheduler scheduler, TimeSpan delay)
        : this(scheduler.Advanced, delay)
    {
    }

    public Cancelable(IScheduler scheduler, int millisecondsDelay)
        : this(scheduler.Advanced, TimeSpan.FromMilliseconds(millisecondsDelay))
    {
    }

    public Cancelable(IActionScheduler scheduler, TimeSpan delay)
        : this(scheduler) => CancelAfter(delay);

    public bool IsCancellationRequested => _cancelled;
    public bool IsDisposed { get; private set; }

    public CancellationToken Token
    {
        get
        {
            lock (this)
            {
                if (_source is null)
                {
                    _source = new CancellationTokenSource();
                    if (_cancelled)
                        _source.Cancel();
                }

                return _source.Token;
            }
        }
    }

    public void Cancel() => Cancel(false);

    public void Cancel(bool throwOnFirstException)
    {
        Action? onCancel;
        CancellationTokenSource? source;
        lock (this)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            if (_cancelled)
                return;
            _cancelled = true;
            onCancel = _onCancel;
            _onCancel = null;
            source = _source;
        }

        onCancel?.Invoke();
        source?.Cancel(throwOnFirstException);
    }

    public void CancelAfter(TimeSpan delay)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _scheduler.ScheduleOnce(delay, () =>
        {
            if (!IsDisposed)
                Cancel();
        });
    }

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    public static ICancelable CreateCanceled() => AlreadyCancelled.Instance;

    public static ICancelable CreateLinkedCancelable(IScheduler scheduler, params ICancelable[] cancelables) =>
        CreateLinkedCancelable(scheduler.Advanced, cancelables);

    public static ICancelable CreateLinkedCancelable(IActionScheduler scheduler, params ICancelable[] cancelables)
    {
        var linked = new Cancelable(scheduler);
        foreach (var cancelable in cancelables)
            cancelable.Token.UnsafeRegister(_ => linked.Cancel(), null);
        return linked;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        lock (this)
        {
            IsDisposed = true;
            _source?.Dispose();
        }
    }

    /// <summary>Calls back when cancelled, at once if it is already.</summary>
    internal void OnCancel(Action callback)
    {
        lock (this)
        {
            if (!_cancelled)
            {
                _onCancel += callback;
                return;
            }
        }

        callback();
    }

    /// <summary>The work is done; there is nothing left to cancel.</summary>
    internal void Done() => _onCancel = null;
}
