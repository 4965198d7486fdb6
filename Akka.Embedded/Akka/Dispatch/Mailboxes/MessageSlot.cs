using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A place for a message. Empty until the message is written, which is the last thing, and after it was taken.</summary>
internal struct MessageSlot
{
    public object? Message;
    public IActorRef? Sender;
}
