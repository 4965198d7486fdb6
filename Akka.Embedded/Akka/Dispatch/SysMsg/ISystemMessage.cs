using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>The engine's own messages; they overtake user messages and survive suspension.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded
{
}
