using Akka.Actor;

namespace Akka.Remote;

/// <summary>A connection to or from a peer came or went.</summary>
public abstract class AssociationEvent : RemotingLifecycleEvent
{
    protected string EventName = "";

    public abstract bool IsInbound { get; set; }

    public abstract Address LocalAddress { get; set; }

    public abstract Address RemoteAddress { get; set; }

    public override string ToString() => $"{EventName} [{LocalAddress}] {(IsInbound ? "<-" : "->")} {RemoteAddress}";
}
