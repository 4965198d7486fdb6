using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>An actor that puts messages aside.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash, IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>
{
}
