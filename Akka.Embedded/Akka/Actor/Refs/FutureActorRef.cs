using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The temporary reference that an <c>Ask</c> waits behind. Its path is made, and entered into <c>/temp</c>, when somebody looks at it.</summary>
public class FutureActorRef<T> : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _result;
    private readonly IActorRefProvider _provider;
    private ActorPath? _path;
    private Timer? _timer;
    private CancellationTokenRegistration _cancellation;

    internal FutureActorRef(IActorRefProvider provider)
    {
        _result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider = provider;
    }

    internal Task<T> Result => _result.Task;
    public override IActorRefProvider Provider => _provider;
    public override IInternalActorRef Parent => _provider.TempContainer;
    public override bool IsTerminated => _result.Task.IsCompleted;

    public override ActorPath Path => _path ?? Register();

    internal void FailAfter(TimeSpan timeout, object message, ICanTell target) =>
        _timer = new Timer(
            _ => Fail(new AskTimeoutException($"Ask of [{message.GetType()}] to [{target}] timed out after [{timeout}]")),
            null, timeout, Timeout.InfiniteTimeSpan);

    internal void FailOn(CancellationToken token) =>
        _cancellation = token.UnsafeRegister(static (state, token) =>
        {
            var self = (FutureActorRef<T>)state!;
            if (self._result.TrySetCanceled(token))
                self.Release();
        }, this);

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case T answer:
                Complete(answer);
                break;
            case Status.Failure failure:
                Fail(failure.Cause ?? new TaskCanceledException("Target actor replied with a failure without a cause."));
                break;
            default:
                Fail(new ArgumentException(
                    $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]"));
                break;
        }
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch && watch.Watchee.Equals(this) && IsTerminated)
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    private void Complete(T answer)
    {
        if (_result.TrySetResult(answer))
            Release();
    }

    private void Fail(Exception cause)
    {
        if (_result.TrySetException(cause))
            Release();
    }

    private void Release()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
        if (_path is not null)
            _provider.UnregisterTempActor(_path);
    }

    private ActorPath Register()
    {
        var path = _provider.TempPath();
        var winner = Interlocked.CompareExchange(ref _path, path, null);
        if (winner is not null)
            return winner;
        _provider.RegisterTempActor(this, path);
        if (_result.Task.IsCompleted)
            _provider.UnregisterTempActor(path);
        return path;
    }
}
