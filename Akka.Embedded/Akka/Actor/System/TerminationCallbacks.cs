using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed class TerminationCallbacks
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _callbacks = new();
    private readonly Lock _gate = new();
    private bool _ran;

    public Task Done => _done.Task;

    public void Add(Action callback)
    {
        lock (_gate)
        {
            if (_ran)
                throw new InvalidOperationException("The ActorSystem has already been terminated.");
            _callbacks.Push(callback);
        }
    }

    public void Run(ILoggingAdapter log)
    {
        while (true)
        {
            Action? callback;
            lock (_gate)
            {
                _ran = !_callbacks.TryPop(out callback);
                if (_ran)
                    return;
            }

            try
            {
                callback!();
            }
            catch (Exception e)
            {
                log.Error(e, "Termination callback failed: {0}", e.Message);
            }
        }
    }

    public void Complete() => _done.TrySetResult();
}
