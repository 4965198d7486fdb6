namespace Akka.Actor;

/// <summary>A handle to an actor: safe to share, to compare and to send to, alive or dead.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}
