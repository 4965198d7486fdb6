using Akka.Event;

namespace Akka.Remote;

/// <summary>This system can no longer be reached.</summary>
public sealed class RemotingShutdownEvent : RemotingLifecycleEvent
{
    public override LogLevel LogLevel() => Akka.Event.LogLevel.DebugLevel;

    public override string ToString() => "Remoting shut down";
}
