using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>A reference that watches other actors without being one, and calls back when they have terminated.</summary>
internal sealed class FunctionRef(IActorRefProvider provider, ActorPath path, Action<IActorRef> terminated) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;
    public override IActorRefProvider Provider { get; } = provider;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification notification)
            terminated(notification.Actor);
    }

    public void Watch(IInternalActorRef subject) => subject.SendSystemMessage(new Watch(subject, this));

    public void Unwatch(IInternalActorRef subject) => subject.SendSystemMessage(new Unwatch(subject, this));
}
