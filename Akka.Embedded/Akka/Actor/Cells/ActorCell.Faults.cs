using System.Runtime.ExceptionServices;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    private IActorRef? _failedBy;
    private WaitingFor? _waitingFor;
    private SystemMessage? _systemStash;

    private bool IsFailed => _failedBy is not null;
    private bool IsTerminating => _waitingFor is Termination;

    /// <summary>0: normal. 1: suspended, by a failure or an asynchronous handler. 2: waiting for children to go.</summary>
    private int WaitState => _waitingFor is Recreation or Creation ? 2 : Mailbox.IsSuspended ? 1 : 0;

    private bool MustWait(SystemMessage message) => message switch
    {
        Failed => WaitState > 0,
        Recreate or Dispatch.SysMsg.Suspend or Dispatch.SysMsg.Resume => WaitState == 2,
        _ => false,
    };

    private void StashSystem(SystemMessage message)
    {
        message.Next = _systemStash;
        _systemStash = message;
    }

    private void UnstashSystem()
    {
        SystemMessage? ordered = null;
        for (var message = _systemStash; message is not null;)
        {
            var next = message.Next;
            message.Next = ordered;
            ordered = message;
            message = next;
        }

        _systemStash = null;
        while (ordered is not null)
        {
            var next = ordered.Next;
            ordered.Next = null;
            InvokeSystem(ordered);
            ordered = next;
        }
    }

    private void HandleInvokeFailure(Exception cause, IReadOnlyCollection<IActorRef>? childrenNotToSuspend)
    {
        if (IsFailed)
            return;
        try
        {
            Mailbox.Suspend();
            if (CurrentMessage is Failed failed && Children.Contains(failed.Child))
            {
                _failedBy = failed.Child;
                SuspendChildren(failed.Child, childrenNotToSuspend);
            }
            else
            {
                _failedBy = Self;
                SuspendChildren(null, childrenNotToSuspend);
            }

            Parent.SendSystemMessage(new Failed(Self, cause, Self.Path.Uid));
        }
        catch (Exception emergency)
        {
            PublishError(emergency, $"Emergency stop: exception in failure handling for {cause.GetType().Name}: {cause.Message}");
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        if (_waitingFor is not null)
        {
            // A verdict for a failure that has been dealt with already; keep suspensions balanced.
            FaultResume(null);
            return;
        }

        var failed = _actor;
        var message = CurrentMessage;
        try
        {
            failed.AroundPreRestart(cause, message!);
        }
        catch (Exception e)
        {
            var wrapped = new PreRestartException(Self, e, cause, message);
            PublishError(wrapped, e.Message);
        }

        Discard(failed);
        if (Children.HasDying)
            _waitingFor = new Recreation(cause);
        else
            FinishRecreate(cause);
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = Children.Refs;
        try
        {
            _waitingFor = null;
            Mailbox.Resume();
            _failedBy = null;
            CurrentMessage = null!;
            _actor = null;
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
            CheckReceiveTimeout();
            PublishLifecycle("Restarted (" + _actor.GetType() + ")");
            foreach (var child in survivors)
                child.Restart(cause);
        }
        catch (Exception e)
        {
            if (_actor is not null)
                Discard(_actor);
            HandleInvokeFailure(new PostRestartException(Self, e, cause), survivors);
        }
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren(null, null);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }

        var perpetrator = _failedBy;
        Mailbox.Resume();
        if (causedByFailure is not null)
        {
            _failedBy = null;
            CurrentMessage = null!;
        }

        foreach (var child in Children.Refs)
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    /// <summary>Another try at an actor that never came to be.</summary>
    private void FaultCreate()
    {
        CancelReceiveTimeout();
        StopChildren();
        if (Children.HasDying)
            _waitingFor = Creation.Instance;
        else
            FinishCreate();
    }

    private void FinishCreate()
    {
        _waitingFor = null;
        Mailbox.Resume();
        _failedBy = null;
        try
        {
            Create();
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause, null);
        }
    }

    private void HandleFailed(Failed failed)
    {
        CurrentMessage = failed;
        CurrentSender = failed.Child;
        if (!Children.TryGet(failed.Child, out var stats) || stats.Uid != failed.Uid)
            return;
        if (_actor is null || !Strategy.HandleFailure(this, failed.Child, failed.Cause, stats, Children.Stats))
            ExceptionDispatchInfo.Throw(failed.Cause);
        CurrentMessage = null!;
    }

    private void HandleChildTerminated(IActorRef child)
    {
        Children.Remove(child);
        if (_actor is not null)
        {
            try
            {
                Strategy.HandleChildTerminated(this, child, Children);
            }
            catch (Exception cause)
            {
                PublishError(cause, "HandleChildTerminated failed");
            }
        }

        switch (_waitingFor)
        {
            case Recreation recreation when !Children.HasDying:
                FinishRecreate(recreation.Cause);
                break;
            case Creation when !Children.HasDying:
                FinishCreate();
                break;
            case Termination when Children.IsEmpty:
                FinishTerminate();
                break;
        }
    }

    private SupervisorStrategy Strategy => Props.SupervisorStrategy ?? _actor!.Supervision;
}
