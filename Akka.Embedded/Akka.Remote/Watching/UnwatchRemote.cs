using Akka.Actor;

namespace Akka.Remote;

/// <summary>An actor here no longer wants to know.</summary>
internal sealed record UnwatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher) : INoSerializationVerificationNeeded;
