using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Walks above the tree: hears when the root guardian has gone or failed, which ends the system.</summary>
public class RootGuardianSupervisor : MinimalActorRef
{
    private readonly TaskCompletionSource<Status> _termination;
    private readonly ILoggingAdapter _log;

    public RootGuardianSupervisor(RootActorPath root, IActorRefProvider provider, TaskCompletionSource<Status> terminationPromise, ILoggingAdapter log)
    {
        Path = root / "_Root-guardian-supervisor";
        Provider = provider;
        _termination = terminationPromise;
        _log = log;
    }

    public Exception? CauseOfTermination { get; private set; }
    public override ActorPath Path { get; }
    public override IActorRefProvider Provider { get; }
    public override bool IsTerminated => _termination.Task.IsCompleted;

    public override void Stop() => _termination.TrySetResult(Status.Success.Instance);

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!IsTerminated)
            _log.Error("{0} received unexpected message [{1}]", Path, message);
    }

    public override void SendSystemMessage(ISystemMessage systemMessage)
    {
        switch (systemMessage)
        {
            case Failed failed:
                CauseOfTermination = failed.Cause;
                _log.Error(failed.Cause, "Guardian {0} failed. Shutting down.", failed.Child);
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                Stop();
                break;
        }
    }
}
