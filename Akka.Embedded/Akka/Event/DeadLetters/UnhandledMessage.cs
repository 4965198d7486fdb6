using Akka.Actor;

namespace Akka.Event;

/// <summary>The recipient did not know what to do with it.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}
