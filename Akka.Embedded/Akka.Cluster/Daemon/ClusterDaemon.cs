using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>
/// <c>/system/cluster</c>: the parent of the cluster's actors. When one of them fails, this node's part in the cluster is over: going
/// on with half a state would be worse.
/// </summary>
internal sealed class ClusterDaemon : UntypedActor
{
    public const string Name = "cluster";

    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _publisher;
    private readonly IActorRef _core;

    public ClusterDaemon(Cluster cluster)
    {
        _cluster = cluster;
        cluster.DaemonStarts(Self);
        _publisher = Child(Props.Create(typeof(EventPublisher), cluster), "publisher");
        var heartbeat = Child(Props.Create(typeof(HeartbeatActor), cluster), HeartbeatActor.Name);
        _core = Child(Props.Create(typeof(MembershipActor), cluster, _publisher, heartbeat), MembershipActor.Name);
        if (cluster.DowningProvider.DowningActorProps is { } downing)
            Child(downing, "downingProvider");
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
    {
        _log.Error(cause, "Cluster node [{0}] crashed - shutting down...", _cluster.SelfAddress);
        _cluster.Shutdown();
        return Directive.Stop;
    });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case EventPublisher.Subscribe or EventPublisher.Unsubscribe or EventPublisher.SendCurrentState
                or EventPublisher.OnUp or EventPublisher.OnRemoved:
                _publisher.Forward(message);
                break;
            default:
                _core.Forward(message);
                break;
        }
    }

    protected override void PostStop() => _cluster.HasEnded();

    private IActorRef Child(Props props, string name)
    {
        var dispatcher = _cluster.Settings.UseDispatcher;
        return Context.ActorOf(dispatcher.Length == 0 ? props : props.WithDispatcher(dispatcher), name);
    }
}
