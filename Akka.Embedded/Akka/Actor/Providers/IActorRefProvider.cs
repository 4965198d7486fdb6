using Akka.Actor.Internal;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary>Makes and finds references: of this system only, or of other nodes too.</summary>
public interface IActorRefProvider
{
    IInternalActorRef RootGuardian { get; }

    /// <summary><c>/user</c>.</summary>
    LocalActorRef Guardian { get; }

    /// <summary><c>/system</c>.</summary>
    LocalActorRef SystemGuardian { get; }

    IInternalActorRef TempContainer { get; }
    IActorRef DeadLetters { get; }
    IActorRef IgnoreRef { get; }
    ActorPath RootPath { get; }
    Settings Settings { get; }
    Deployer Deployer { get; }
    Address DefaultAddress { get; }

    /// <summary>How references are written for others.</summary>
    Information SerializationInformation { get; }

    /// <summary>Completes when the root guardian has terminated.</summary>
    Task TerminationTask { get; }

    /// <summary>Called once, when the system has its settings, dispatchers and serializers.</summary>
    void Init(ActorSystemImpl system);

    /// <summary>Makes the reference, and behind it the actor, but does not start it.</summary>
    IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async);

    IActorRef RootGuardianAt(Address address);

    /// <summary>The actor of that path; a reference to dead letters if there is none.</summary>
    IActorRef ResolveActorRef(string path);

    /// <inheritdoc cref="ResolveActorRef(string)"/>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>A new path below <c>/temp</c>.</summary>
    ActorPath TempPath();

    void RegisterTempActor(IInternalActorRef actorRef, ActorPath path);
    void UnregisterTempActor(ActorPath path);

    /// <summary>Our address as the node at <paramref name="address"/> can use it; null if it cannot.</summary>
    Address GetExternalAddressFor(Address address);
}
