using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>A peer and this system have come to trust a connection.</summary>
public sealed class AssociatedEvent : AssociationEvent
{
    public AssociatedEvent(Address localAddress, Address remoteAddress, bool inbound)
    {
        LocalAddress = localAddress;
        RemoteAddress = remoteAddress;
        IsInbound = inbound;
        EventName = "Associated";
    }

    public override bool IsInbound { get; set; }

    public override Address LocalAddress { get; set; }

    public override Address RemoteAddress { get; set; }

    public override LogLevel LogLevel() => Akka.Event.LogLevel.DebugLevel;
}
