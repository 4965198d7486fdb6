using Akka.Actor;
using Akka.Event;

namespace Akka.Remote;

/// <summary>An incarnation of a peer was given up: it can never associate with this system again.</summary>
public sealed class QuarantinedEvent : RemotingLifecycleEvent
{
    public QuarantinedEvent(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    public Address Address { get; }

    public int Uid { get; }

    public override LogLevel LogLevel() => Akka.Event.LogLevel.WarningLevel;

    public override string ToString() =>
        $"Association to [{Address}] having UID [{Uid}] is irrecoverably failed. UID is now quarantined and all messages to this UID will be "
        + "delivered to dead letters. Remote actorsystem must be restarted to recover from this situation.";
}
