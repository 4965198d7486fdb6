using Akka.Event;

namespace Akka.Actor;

/// <summary>The root of all actors: one message at a time, in a life of PreStart, messages, PostStop, with restarts in between.</summary>
public abstract class ActorBase : IInternalActor
{
    private readonly ActorCell _cell;
    private SupervisorStrategy? _supervision;

    /// <exception cref="ActorInitializationException">Called by other than <c>ActorOf</c>.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"Cannot create an instance of {GetType()} explicitly using the constructor (new). Use one of the ActorOf methods.");
    }

    /// <exception cref="NotSupportedException">Nothing of an actor is running on this thread.</exception>
    protected static IActorContext Context => ActorCell.Current
        ?? throw new NotSupportedException(
            "There is no active ActorContext, this is most likely due to use of async operations from within this actor.");

    IActorContext IInternalActor.ActorContext => _cell;

    protected IActorRef Self => _cell.Self;
    protected IActorRef Sender => _cell.Sender;
    protected static Receive EmptyReceive => static _ => false;

    internal ActorCell Cell => _cell;
    internal SupervisorStrategy Supervision => _supervision ??= SupervisorStrategy();

    /// <summary>False if the message is not handled; it then comes to <see cref="Unhandled"/>.</summary>
    protected abstract bool Receive(object message);

    protected void Become(Receive receive) => _cell.Become(receive);
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    /// <summary>How this actor judges failures of its children.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <exception cref="DeathPactException">A <see cref="Terminated"/> that one asked for is not to be ignored.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        _cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected virtual void PreStart()
    {
    }

    protected virtual void PostStop()
    {
    }

    /// <summary>On the failed instance. By default stops all children and calls <see cref="PostStop"/>.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        foreach (var child in _cell.Children.Refs)
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>On the new instance. By default calls <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual bool AroundReceive(Receive receive, object message)
    {
        var handled = receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    public virtual void AroundPreStart() => PreStart();
    public virtual void AroundPostStop() => PostStop();
    public virtual void AroundPreRestart(Exception cause, object message) => PreRestart(cause, message);
    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    /// <summary>The way of a message into the behaviour; null stands for <see cref="Receive"/>, which then needs no delegate.</summary>
    internal void Dispatch(Receive? behavior, object message, bool standsAround)
    {
        if (standsAround)
            AroundReceive(behavior ?? Receive, message);
        else if (!(behavior is null ? Receive(message) : behavior(message)))
            Unhandled(message);
    }
}
