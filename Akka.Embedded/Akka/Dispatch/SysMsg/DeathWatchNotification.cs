using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>Tells a watcher that <see cref="Actor"/> has terminated.</summary>
public sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage, IDeadLetterSuppression
{
    public IActorRef Actor { get; } = actor;

    /// <summary>False if there may never have been such an actor.</summary>
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    /// <summary>True if the whole node of the actor was given up.</summary>
    public bool AddressTerminated { get; } = addressTerminated;
}
