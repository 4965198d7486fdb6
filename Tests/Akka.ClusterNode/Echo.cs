using Akka.Actor;

namespace Akka.ClusterNode;

/// <summary>Gives back what it gets.</summary>
public sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message);
}
