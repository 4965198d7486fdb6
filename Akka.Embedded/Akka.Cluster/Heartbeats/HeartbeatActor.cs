using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>Sends heartbeats to the members behind this one in the ring, answers those of others, and feeds the failure detectors.</summary>
internal sealed class HeartbeatActor : UntypedActor, IWithTimers
{
    public const string Name = "heartbeat";

    private readonly Cluster _cluster;
    private readonly IFailureDetectorRegistry<Address> _detectors;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<UniqueAddress, IActorRef> _receivers = [];
    private long _sequence;

    public HeartbeatActor(Cluster cluster)
    {
        _cluster = cluster;
        _detectors = cluster.FailureDetector;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var settings = _cluster.Settings;
        Timers.StartPeriodicTimer(nameof(Tick), new Tick(), Max(settings.PeriodicTasksInitialDelay, settings.HeartbeatInterval), settings.HeartbeatInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                SendHeartbeats();
                break;
            case ClusterMessages.Heartbeat heartbeat:
                Sender.Tell(new ClusterMessages.HeartbeatResponse(_cluster.SelfUniqueAddress, heartbeat.Sequence));
                break;
            case ClusterMessages.HeartbeatResponse response:
                HearFrom(response.From);
                break;
            case ResponseIsDue(var node):
                if (_receivers.ContainsKey(node) && !_detectors.IsMonitoring(node.Address))
                    _detectors.Heartbeat(node.Address);
                break;
            case MembershipState state:
                Follow(state);
                break;
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void SendHeartbeats()
    {
        var heartbeat = new ClusterMessages.Heartbeat(++_sequence);
        foreach (var (node, receiver) in _receivers)
        {
            if (!_detectors.IsMonitoring(node.Address) && !Timers.IsTimerActive(node))
                Timers.StartSingleTimer(node, new ResponseIsDue(node), _cluster.Settings.HeartbeatExpectedResponseAfter);
            receiver.Tell(heartbeat);
        }
    }

    private void HearFrom(UniqueAddress node)
    {
        if (!_receivers.ContainsKey(node))
            return;
        if (_cluster.Settings.VerboseHeartbeatLogging)
            _log.Debug("Cluster Node [{0}] - Heartbeat response from [{1}]", _cluster.SelfAddress, node.Address);
        _detectors.Heartbeat(node.Address);
    }

    private void Follow(MembershipState state)
    {
        var members = state.Gossip.Members.Select(member => member.UniqueAddress).ToHashSet();
        var unreachable = state.Gossip.Reachability.AllUnreachableOrTerminated.ToHashSet();
        var next = new HeartbeatRing(_cluster.SelfUniqueAddress, members, unreachable, _cluster.Settings.MonitoredByNrOfMembers).Receivers;
        foreach (var old in _receivers.Keys.Except(next).ToArray())
        {
            // Who was unreachable when the ring changed is asked on, or nobody would notice that it is back.
            if (members.Contains(old) && !_detectors.IsAvailable(old.Address))
                continue;
            _receivers.Remove(old);
            if (!next.Any(node => node.Address.Equals(old.Address)))
                _detectors.Remove(old.Address);
        }

        foreach (var added in next)
        {
            if (!_receivers.ContainsKey(added))
                _receivers.Add(added, _cluster.ActorAt(added.Address, Name));
        }
    }

    private sealed record Tick;

    private sealed record ResponseIsDue(UniqueAddress Node);
}
