using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor with one method for all messages. What it does not want it gives to <c>Unhandled</c>.</summary>
public abstract class UntypedActor : ActorBase
{
    protected static new IUntypedActorContext Context => (IUntypedActorContext)ActorBase.Context;

    protected abstract void OnReceive(object message);

    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    protected void Become(UntypedReceive receive) => Context.Become(receive);
    protected void BecomeStacked(UntypedReceive receive) => Context.BecomeStacked(receive);

    /// <summary>Runs <paramref name="action"/> after the current handler and before the next message.</summary>
    protected void RunTask(Action action) => ActorTaskScheduler.RunTask(action);

    /// <inheritdoc cref="RunTask(Action)"/>
    protected void RunTask(Func<Task> action) => ActorTaskScheduler.RunTask(action);
}
