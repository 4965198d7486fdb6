namespace Akka.Dispatch;

/// <summary>An actor's wish for a kind of mailbox. The one mailbox of this engine is unbounded and a deque, and grants them all.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics
{
}
