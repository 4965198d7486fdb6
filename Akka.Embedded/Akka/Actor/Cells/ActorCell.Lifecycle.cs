using Akka.Actor.Internal;

namespace Akka.Actor;

public partial class ActorCell
{
    private bool _created;
    private bool _standsAround;

    /// <summary>The first thing of the first turn.</summary>
    internal void EnsureCreated()
    {
        if (_created)
            return;
        _created = true;
        try
        {
            Create();
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause, null);
        }
    }

    private void Create()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            PublishLifecycle("Started (" + _actor.GetType() + ")");
        }
        catch (Exception cause)
        {
            if (_actor is not null)
                Discard(_actor);
            _actor = null;
            if (cause is ActorInitializationException)
                throw;
            throw new ActorInitializationException(Self, $"Exception during creation: {cause.Message}", cause);
        }
    }

    private ActorBase NewActor()
    {
        _behavior = null;
        _behaviorStack = null;
        var actor = Props.NewActor()
            ?? throw new ActorInitializationException(Self, "The props produced no actor.");
        _standsAround = AroundReceiveOverrides.Has(actor.GetType());
        (actor as IInitializableActor)?.Init();
        if (actor is IActorStash stashing && stashing.Stash is null)
            stashing.Stash = new Stash(this);
        if (actor is IWithTimers timing)
            timing.Timers = new TimerScheduler(this);
        return actor;
    }

    /// <summary>The instance is gone for good: its timers stop and what it had put aside goes back to the mailbox.</summary>
    private static void Discard(ActorBase actor)
    {
        (actor as IWithTimers)?.Timers?.CancelAll();
        (actor as IActorStash)?.Stash?.UnstashAll();
    }

    private void Terminate()
    {
        CancelReceiveTimeout();
        UnwatchAll();
        StopChildren();
        if (Children.IsEmpty)
        {
            FinishTerminate();
            return;
        }

        var wasTerminating = _waitingFor is Termination;
        _waitingFor = Termination.Instance;
        if (wasTerminating)
            return;
        Mailbox.Suspend();
        _failedBy = Self;
        PublishLifecycle("stopping");
    }

    private void FinishTerminate()
    {
        // PostStop can make no children: nobody would ever stop them.
        _waitingFor = Termination.Instance;
        var actor = _actor;
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception cause)
        {
            PublishError(cause, cause.Message);
        }

        try
        {
            if (actor is not null)
                Discard(actor);
            Dispatcher.Detach(this);
        }
        finally
        {
            Parent.SendSystemMessage(new Dispatch.SysMsg.DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false));
            TellWatchersWeDied();
            PublishLifecycle("Stopped");
            _actor = null;
            _behavior = null;
            _behaviorStack = null;
            _deathWatch = null;
            _taskScheduler = null;
            Children = ChildrenContainer.Terminated;
            Props = Props.None;
        }
    }
}
