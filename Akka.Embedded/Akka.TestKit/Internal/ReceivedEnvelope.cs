using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class ReceivedEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    /// <summary>Stands for "nothing arrived".</summary>
    public static readonly ReceivedEnvelope None = new(null!, ActorRefs.NoSender);

    public override object Message { get; } = message;
    public override IActorRef Sender { get; } = sender;

    public override string ToString() => $"<{Message ?? "null"}> from {Sender?.ToString() ?? "NoSender"}";
}
