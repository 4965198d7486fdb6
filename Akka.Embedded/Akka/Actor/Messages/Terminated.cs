using Akka.Event;

namespace Akka.Actor;

/// <summary>A watched actor has terminated.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IAutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression, INoSerializationVerificationNeeded, IEquatable<Terminated>
{
    public IActorRef ActorRef { get; } = actorRef;

    /// <summary>False if there may never have been such an actor.</summary>
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    /// <summary>True if the whole node of the actor was given up.</summary>
    public bool AddressTerminated { get; } = addressTerminated;

    public bool Equals(Terminated? other) =>
        other is not null && Equals(ActorRef, other.ActorRef) && ExistenceConfirmed == other.ExistenceConfirmed && AddressTerminated == other.AddressTerminated;

    public override bool Equals(object? obj) => obj is Terminated other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(ActorRef, ExistenceConfirmed, AddressTerminated);
    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}
