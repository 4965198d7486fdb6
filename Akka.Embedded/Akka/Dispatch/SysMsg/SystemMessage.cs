namespace Akka.Dispatch.SysMsg;

/// <summary>A system message is a node of the queue it waits in, so one instance can be sent once.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;
}
