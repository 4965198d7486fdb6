using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Counts messages, so that the stash knows one that it has seen.</summary>
    public int CurrentEnvelopeId => Mailbox.MessagesTaken;

    public void Invoke(Envelope envelope) => Invoke(envelope.Message, envelope.Sender);

    internal void Invoke(object message, IActorRef? sender)
    {
        try
        {
            CurrentMessage = message;
            CurrentSender = sender;
            if (_receiveTimeout is not null)
                MessageBegins(message);
            if (message is IAutoReceivedMessage)
                AutoReceive(message);
            else
                ReceiveMessage(message);
            CurrentMessage = null!;
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause, null);
            _receiveTimeout?.MessageDone();
        }

        if (_receiveTimeout is not null)
            MessageDone(message);
    }

    internal void InvokeSystem(SystemMessage message)
    {
        if (MustWait(message))
        {
            StashSystem(message);
            return;
        }

        var state = WaitState;
        try
        {
            Receive(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause, null);
        }

        if (_systemStash is not null && WaitState < state)
            UnstashSystem();
    }

    /// <summary>The end of an asynchronous handler.</summary>
    internal void AsyncHandlerDone(Exception? failure)
    {
        if (failure is not null)
            HandleInvokeFailure(failure, null);
        else
            CurrentMessage = null!;
        _receiveTimeout?.MessageDone();
    }

    private void Receive(SystemMessage message)
    {
        switch (message)
        {
            case ActorTask task:
                _taskScheduler!.Execute(task.Task);
                break;
            case DeathWatchNotification died:
                WatchedActorTerminated(died.Actor, died.ExistenceConfirmed, died.AddressTerminated);
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminate _:
                Terminate();
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend _:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
        }
    }

    private void ReceiveMessage(object message)
    {
        var actor = _actor!;
        if (message is TimerMessage timer)
        {
            if (((TimerScheduler?)(actor as IWithTimers)?.Timers)?.Accept(timer) is not { } due)
                return;
            CurrentMessage = message = due;
            if (message is IAutoReceivedMessage)
            {
                AutoReceive(message);
                return;
            }
        }

        actor.Dispatch(_behavior, message, _standsAround);
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case PoisonPill:
                Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case AddressTerminated node:
                AddressTerminated(node.Address);
                break;
            case ActorSelectionMessage selection:
                Akka.Actor.ActorSelection.Deliver((IInternalActorRef)Self, Sender, selection);
                break;
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }
}
