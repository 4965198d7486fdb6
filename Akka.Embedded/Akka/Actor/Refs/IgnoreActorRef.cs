namespace Akka.Actor;

/// <summary><c>/ignore</c>: swallows everything, for senders that want no answer.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path { get; } = path;
    public override IActorRefProvider Provider { get; } = provider;
}
