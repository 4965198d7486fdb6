using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that a test actor received, and who sent it.</summary>
public abstract class MessageEnvelope
{
    /// <summary>The message; null when none arrived in time.</summary>
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}
