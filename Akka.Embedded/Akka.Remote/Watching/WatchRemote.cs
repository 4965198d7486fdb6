using Akka.Actor;

namespace Akka.Remote;

/// <summary>An actor here wants to know when one elsewhere is gone.</summary>
internal sealed record WatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher) : INoSerializationVerificationNeeded;
