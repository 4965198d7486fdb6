using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>A message in a mailbox, and the link to the next one.</summary>
internal sealed class MailboxNode(object? message, IActorRef? sender)
{
    public MailboxNode? Next;

    /// <summary>Null once the message was taken.</summary>
    public object? Message = message;

    public IActorRef? Sender = sender;
}
