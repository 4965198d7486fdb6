using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster;

/// <summary>
/// This node's part in the membership: joins, gossips, acts as leader, notices who is unreachable, and leaves. What follows from what
/// is decided by the values in <c>Membership/</c>; this actor carries messages and time.
/// <code>
/// Outside → Joining(address) → Member → (Exiting or Down) → the end
///    └──── forms a cluster alone ──┘
/// </code>
/// </summary>
internal sealed partial class MembershipActor : UntypedActor, IWithTimers
{
    public const string Name = "core";

    private readonly Cluster _cluster;
    private readonly ClusterSettings _settings;
    private readonly UniqueAddress _self;
    private readonly IActorRef _publisher;
    private readonly IActorRef _heartbeat;
    private readonly DefaultFailureDetectorRegistry<Address> _detectors;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly PauseWatch _pauses;
    private readonly Dictionary<Address, PendingJoin> _pendingJoins = [];
    private HashSet<UniqueAddress> _exitingConfirmed = [];
    private MembershipState _state;

    public MembershipActor(Cluster cluster, IActorRef publisher, IActorRef heartbeat)
    {
        _cluster = cluster;
        _settings = cluster.Settings;
        _self = cluster.SelfUniqueAddress;
        _publisher = publisher;
        _heartbeat = heartbeat;
        _detectors = cluster.FailureDetector;
        _state = new MembershipState(Gossip.Empty, _self);
        var interval = _settings.UnreachableNodesReaperInterval;
        _pauses = new PauseWatch(interval, interval > TimeSpan.FromSeconds(1) ? interval : TimeSpan.FromSeconds(1), () => Environment.TickCount64);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private Gossip Gossip => _state.Gossip;

    protected override void PreStart()
    {
        Every(new GossipTick(), _settings.GossipInterval);
        Every(new LeaderTick(), _settings.LeaderActionsInterval);
        Every(new ReapTick(), _settings.UnreachableNodesReaperInterval);
        Become(Outside);
        if (_settings.SeedNodes.Count > 0)
            Self.Tell(new ClusterCommands.JoinSeedNodes(_settings.SeedNodes));
        else
            Info("No seed-nodes configured, manual cluster join required");
    }

    protected override void PostStop() => ReleaseShutdown();

    protected override void OnReceive(object message) => Unhandled(message);

    private void Member(object message)
    {
        switch (message)
        {
            case ClusterMessages.GossipEnvelope envelope:
                HearGossip(envelope);
                break;
            case ClusterMessages.GossipStatus status:
                HearStatus(status);
                break;
            case GossipTick:
                SendGossip();
                SpeedUpGossip();
                break;
            case ExtraGossipTick:
                SendGossip();
                break;
            case LeaderTick:
                ActAsLeader();
                break;
            case ReapTick:
                ReapUnreachable();
                break;
            case ClusterMessages.InitJoin:
                AnswerInitJoin();
                break;
            case ClusterMessages.Join join:
                Admit(join, Sender);
                break;
            case ClusterCommands.JoinTo or ClusterCommands.JoinSeedNodes:
                Info("Trying to join when already part of a cluster, ignoring");
                break;
            case ClusterCommands.Leave leave:
                Leave(leave.Address);
                break;
            case ClusterCommands.Down down:
                Down(down.Address);
                break;
            case ClusterMessages.ExitingConfirmed confirmed:
                Confirm(confirmed.Node);
                break;
            case ClusterCommands.LeaveForShutdown:
                Leave(_self.Address);
                Sender.Tell(Done.Instance);
                break;
            case ClusterCommands.AwaitExiting:
                AwaitExiting(Sender);
                break;
            case ClusterCommands.ExitingCompleted:
                FinishExiting(Sender);
                break;
        }
    }

    /// <summary>A change made here: a new version, which only this node has seen.</summary>
    private void Update(Gossip gossip)
    {
        var next = gossip.Increment(_self);
        _state = new MembershipState(_exiting ? next.ClearSeen() : next.OnlySeenBy(_self), _self);
    }

    private void Publish()
    {
        _publisher.Tell(_state);
        _heartbeat.Tell(_state);
        ReleaseAwaitingExiting();
        AdmitPending();
    }

    private IActorRef PeerAt(Address address) => _cluster.ActorAt(address, Name);

    private void Every(object tick, TimeSpan interval)
    {
        var first = _settings.PeriodicTasksInitialDelay > interval ? _settings.PeriodicTasksInitialDelay : interval;
        Timers.StartPeriodicTimer(tick.GetType().Name, tick, first, interval);
    }

    private void Info(string text)
    {
        if (_settings.LogInfo)
            _log.Info("Cluster Node [{0}] - {1}", _self.Address, text);
    }

    private sealed record GossipTick;

    private sealed record ExtraGossipTick;

    private sealed record LeaderTick;

    private sealed record ReapTick;
}
