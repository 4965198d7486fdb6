using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>One entry of the timer wheel: a message to send or something to run.</summary>
internal sealed class ScheduledWork(object target, object? message, IActorRef? sender, long dueTick, long intervalTicks, ICancelable? cancelable)
{
    private object? _target = target;
    private object? _message = message;
    private IActorRef? _sender = sender;

    /// <summary>The neighbours in a slot; the wheel's thread only.</summary>
    public ScheduledWork? Next;
    public ScheduledWork? Previous;
    public int Slot = -1;

    public long DueTick = dueTick;
    public long IntervalTicks { get; } = intervalTicks;
    public bool IsCancelled => cancelable?.IsCancellationRequested == true;

    public bool IsPendingShutdown => _target is PendingShutdown;

    public void Run()
    {
        switch (_target)
        {
            case IRunnable runnable:
                runnable.Run();
                break;
            case Action action:
                action();
                break;
            case ICanTell receiver when _message is not null:
                receiver.Tell(_message, _sender!);
                break;
        }
    }

    /// <summary>Nothing is kept alive by work that will not be done.</summary>
    public void Forget()
    {
        _target = null;
        _message = null;
        _sender = null;
        (cancelable as Cancelable)?.Done();
    }
}
