using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// Watches actors elsewhere on behalf of actors here. Each watched actor is watched once over the wire. The nodes they live on are
/// asked for signs of life; when one gives none, everybody here hears that all its actors are gone.
/// </summary>
internal class RemoteWatcher : UntypedActor, IWithTimers
{
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly TimeSpan _heartbeatInterval;
    private readonly TimeSpan _reaperInterval;
    private readonly TimeSpan _expectedResponseAfter;
    private readonly WatchedNodes _watched = new();
    private readonly Dictionary<Address, int> _uids = [];
    private readonly HashSet<Address> _unreachable = [];
    private readonly RemoteActorRefProvider _provider;
    private readonly int _selfUid;

    /// <param name="config"><c>akka.remote.watch-failure-detector</c>.</param>
    /// <param name="newDetector">One for each node.</param>
    public RemoteWatcher(Config config, Func<FailureDetector> newDetector)
    {
        _provider = (RemoteActorRefProvider)((ExtendedActorSystem)Context.System).Provider;
        _detectors = new DefaultFailureDetectorRegistry<Address>(newDetector);
        _heartbeatInterval = config.GetTimeSpan("heartbeat-interval");
        _reaperInterval = config.GetTimeSpan("unreachable-nodes-reaper-interval");
        _expectedResponseAfter = config.GetTimeSpan("expected-response-after");
        _selfUid = AddressUidExtension.Uid(Context.System);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected ILoggingAdapter Log { get; } = Context.GetLogger();

    /// <summary>Whether this actor looks after the node; otherwise somebody else tells when it is gone.</summary>
    protected virtual bool IsResponsibleFor(Address node) => true;

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(HeartbeatTick), new HeartbeatTick(), _heartbeatInterval);
        Timers.StartPeriodicTimer(nameof(ReapTick), new ReapTick(), _reaperInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case HeartbeatTick:
                SendHeartbeats();
                break;
            case ReapTick:
                ReapUnreachable();
                break;
            case WatchHeartbeat:
                Sender.Tell(new WatchHeartbeatResponse(_selfUid));
                break;
            case WatchHeartbeatResponse response:
                HearFrom(Sender.Path.Address, response.Uid);
                break;
            case FirstHeartbeatIsDue(var node):
                ExpectHeartbeat(node);
                break;
            case WatchRemote(var watchee, var watcher):
                AddWatch(watchee, watcher);
                break;
            case UnwatchRemote(var watchee, var watcher):
                RemoveWatch(watchee, watcher);
                break;
            case Terminated terminated:
                ReportDeath(terminated);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>The node is somebody else's business from now on.</summary>
    protected void HandOver(Address node)
    {
        _detectors.Remove(node);
        _uids.Remove(node);
        _unreachable.Remove(node);
    }

    /// <summary>All actors of that node are gone, for everybody here.</summary>
    protected void NodeIsGone(Address node) => AddressTerminatedTopic.Get(Context.System).Publish(new AddressTerminated(node));

    /// <summary>That incarnation can never associate with this system again.</summary>
    protected void Quarantine(Address node, int? uid) => _provider.Remoting.QuarantinePeer(node, uid);

    private void AddWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        _unreachable.Remove(watchee.Path.Address);
        if (_watched.Add(watchee, watcher))
            Context.Watch(watchee);
    }

    private void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watched.Remove(watchee, watcher))
            return;
        Context.Unwatch(watchee);
        if (!_watched.Nodes.Contains(watchee.Path.Address))
            HandOver(watchee.Path.Address);
    }

    private void ReportDeath(Terminated death)
    {
        var watchee = (IInternalActorRef)death.ActorRef;

        // When the whole node is gone, the watchers have heard so themselves.
        if (!death.AddressTerminated)
        {
            foreach (var watcher in _watched.WatchersOf(watchee))
                watcher.SendSystemMessage(new Dispatch.SysMsg.DeathWatchNotification(watchee, death.ExistenceConfirmed, addressTerminated: false));
        }

        _watched.Remove(watchee);
        if (!_watched.Nodes.Contains(watchee.Path.Address))
            HandOver(watchee.Path.Address);
    }

    private void SendHeartbeats()
    {
        foreach (var node in _watched.Nodes)
        {
            if (!IsResponsibleFor(node) || _unreachable.Contains(node))
                continue;
            if (!_detectors.IsMonitoring(node) && !Timers.IsTimerActive(node))
                Timers.StartSingleTimer(node, new FirstHeartbeatIsDue(node), _expectedResponseAfter);
            Context.ActorSelection(new RootActorPath(node) / Self.Path.Elements).Tell(WatchHeartbeat.Instance);
        }
    }

    private void ExpectHeartbeat(Address node)
    {
        if (_watched.Nodes.Contains(node) && IsResponsibleFor(node) && !_detectors.IsMonitoring(node))
            _detectors.Heartbeat(node);
    }

    private void HearFrom(Address node, int uid)
    {
        if (!_watched.Nodes.Contains(node) || _unreachable.Contains(node))
            return;
        if (_uids.TryGetValue(node, out var known) && known != uid)
            Rewatch(node);
        _uids[node] = uid;
        _detectors.Heartbeat(node);
    }

    /// <summary>Another incarnation answers: it must learn whom we watch, and will say who is not there any more.</summary>
    private void Rewatch(Address node)
    {
        foreach (var watchee in _watched.WatcheesAt(node))
            watchee.SendSystemMessage(new Dispatch.SysMsg.Watch(watchee, (IInternalActorRef)Self));
    }

    private void ReapUnreachable()
    {
        foreach (var node in _watched.Nodes.ToArray())
        {
            if (!IsResponsibleFor(node) || _detectors.IsAvailable(node) || !_unreachable.Add(node))
                continue;
            Log.Warning("Detected unreachable: [{0}]", node);
            Quarantine(node, _uids.TryGetValue(node, out var uid) ? uid : null);
            NodeIsGone(node);
        }
    }

    private sealed record HeartbeatTick;

    private sealed record ReapTick;

    private sealed record FirstHeartbeatIsDue(Address Node);
}
