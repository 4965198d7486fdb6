using Akka.Actor;

namespace Akka.Dispatch.SysMsg;

/// <summary>From a failed child to its supervisor.</summary>
public sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    public IActorRef Child { get; } = child;
    public Exception Cause { get; } = cause;
    public long Uid { get; } = uid;
}
