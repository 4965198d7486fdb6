using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary><c>akka.actor.provider = cluster</c>: remoting, and this node's part in the cluster, from the start.</summary>
public class ClusterActorRefProvider : RemoteActorRefProvider
{
    public ClusterActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : base(systemName, settings, eventStream)
    {
        var reference = ConfigurationFactory.FromResource("Akka.Cluster.Configuration.cluster.conf", typeof(ClusterActorRefProvider).Assembly);
        KnownKeys.Check(settings.Config, reference, "akka.cluster", open: "akka.cluster.role");
        settings.InjectTopLevelFallback(reference);
    }

    public override void Init(ActorSystemImpl system)
    {
        base.Init(system);
        Cluster.Get(system);
    }

    protected override IActorRef CreateRemoteWatcher(ActorSystemImpl system) => StartRemoteWatcher(system, typeof(ClusterRemoteWatcher));
}
