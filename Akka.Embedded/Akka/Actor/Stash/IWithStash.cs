using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that puts messages aside, within the capacity its props give.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>
{
}
