using Akka.Actor;

namespace Akka.Streams.Fused;

/// <summary>The parent of a materializer's islands. Their stages catch what they throw; a failure beyond that ends the stream.</summary>
internal sealed class StreamSupervisor : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message) => Unhandled(message);
}
