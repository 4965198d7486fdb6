using Akka.Event;

namespace Akka.Remote;

/// <summary>What happens to the connections of this system; published on its event stream.</summary>
public abstract class RemotingLifecycleEvent
{
    public abstract LogLevel LogLevel();
}
