using Akka.Actor;

namespace Akka.Cluster;

/// <summary>A new incarnation that waits until the old one on its address is gone.</summary>
internal sealed record PendingJoin(ClusterMessages.Join Join, IActorRef Sender);
