namespace Akka.Actor;

/// <summary>A user's own way of making actors, for instance out of a container.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    /// <summary>Called within the new actor's context, once per instance.</summary>
    ActorBase Produce();

    void Release(ActorBase actor);
}
