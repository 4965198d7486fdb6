namespace Akka.Actor;

public partial class ActorCell
{
    private ReceiveTimeoutClock? _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.Timeout;

    /// <summary>Sends <see cref="Actor.ReceiveTimeout"/> whenever no message came for so long; null ends it.</summary>
    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        CancelReceiveTimeout();
        _receiveTimeout = timeout is { } duration ? new ReceiveTimeoutClock(this, duration) : null;
        CheckReceiveTimeout();
    }

    public void CheckReceiveTimeout(bool reschedule = true) => _receiveTimeout?.Start();

    private void MessageBegins(object message)
    {
        if (IsActivity(message))
            _receiveTimeout!.MessageBegins();
    }

    /// <summary>Unless its asynchronous handler is still at work.</summary>
    private void MessageDone(object message)
    {
        if (IsActivity(message) && !Mailbox.IsSuspended)
            _receiveTimeout!.MessageDone();
    }

    private static bool IsActivity(object message) =>
        (message is TimerMessage timer ? timer.Message : message) is not INotInfluenceReceiveTimeout;

    private void CancelReceiveTimeout()
    {
        _receiveTimeout?.Cancel();
        _receiveTimeout = null;
    }
}
