using Akka.Actor.Setup;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Handover;
using Gateway.Actors.Listeners;
using Gateway.Actors.Loops;
using Gateway.Actors.Members;
using Gateway.Actors.Records;
using Gateway.Actors.Reloading;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors;

/// <summary>A running gateway: its loops, its listeners and the actor system over them.</summary>
public sealed partial class GatewayHost : IAsyncDisposable
{
    /// <summary>The user's remoting and cluster settings are the member system's alone.</summary>
    private const string LocalSettings = "akka.actor.provider = local\n";

    private readonly LoopGroup _loops;
    private readonly Resolver _resolver;
    private readonly SettingsBoard _settings;
    private readonly RecordStream _records;
    private readonly MemberIdentity _identity;
    private readonly MemberCheck? _members;
    private readonly InnerLegs _innerLegs;
    private readonly OwnDoors _ownDoors;
    private readonly TimeProvider _time;
    private IDisposable? _chainWatch;
    private readonly Admission _admission;
    private readonly IActorRef _gateway;
    private readonly ClusterMembership? _membership;
    private readonly AddressIdTable _ids;
    private readonly AddressIdSharing _sharing;
    private readonly TaskCompletionSource _mayJoin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<MemberAnnouncement> _inheritedMembers;

    private GatewayHost(GatewaySettings settings, ISessionLog log, Config akka, int loops, TimeProvider time, INameService? names, Estate? estate)
    {
        (_time, _inheritedMembers) = (time, estate?.Members ?? []);
        _loops = new LoopGroup(loops);
        Doors doors;
        try
        {
            doors = Doors.Open(settings, _loops.Count, estate?.Listeners);
        }
        catch
        {
            _loops.Dispose();
            throw;
        }
        _resolver = new Resolver(names: names, time: time);
        _admission = new Admission(settings.Limits);
        System = ActorSystem.Create("socks64-local", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(LocalSettings + LoopDispatchers.Configuration(_loops.Count)).WithFallback(akka)),
            new LoopSetup(_loops)));
        _records = new RecordStream(System, log, time);
        _identity = new MemberIdentity(settings, [.. doors.All], () => _admission.Sessions);
        Topology = new TopologyBoard(Members.Topology.Alone(_identity.Describe(default, null)).WithOthers(_inheritedMembers.Select(member => new Member(member))));
        Legs = new LegHealth(settings.Node.Name);
        Topology.Changed += Legs.Follow;
        _members = MemberCheck.For(settings, time);
        _innerLegs = new InnerLegs(settings.Gateways.Values, Topology);
        _ownDoors = new OwnDoors(doors.All.Select(door => door.Local.ToLiteral()));
        _settings = new SettingsBoard(settings, Topology, Legs, Ejected, _members?.Key, time);
        _ids = new AddressIdTable(settings.AddressId.Idle, settings.Limits.AddressIdsPerClient);
        _sharing = new AddressIdSharing(_ids, Topology);
        Inherit(estate?.AddressIds ?? []);
        _membership = settings.Cluster.SeedNodes.Count > 0 ? PrepareMembership(akka) : null;
        var keeper = Props.Create(() => new AddressIdsActor(_ids, time));
        var events = new GatewayEvents(settings.Node.Name, time);
        LoopStatus[] loopStatus = [.. _loops.Select(loop => new LoopStatus(loop, _loops.Count, events))];
        Status = new GatewayStatus(loopStatus, _settings, Topology, Legs, Ejected, _admission, _ids, events, time);
        LookAfterChains();
        Func<IEnumerable<SessionServices>> services = () => Services(loopStatus);
        _gateway = System.ActorOf(Props.Create(() => new GatewayActor(keeper, services)), "gateway");
        Doorkeeper = new Doorkeeper(_gateway, doors, _loops.Count, isDraining => _membership?.AnnounceDraining(isDraining), events);
    }

    /// <summary>Those in force: what new sessions take.</summary>
    public GatewaySettings Settings => _settings.Current.Settings;

    /// <summary>Where sessions live; the cluster's actors have a system of their own.</summary>
    public ActorSystem System { get; }

    /// <summary>Who is in the cluster; this node alone when there is none.</summary>
    public TopologyBoard Topology { get; }

    /// <summary>Which legs between gateways are fit for use.</summary>
    public LegHealth Legs { get; }

    /// <summary>Servers that the operator has taken out of the chains.</summary>
    public EjectedServers Ejected { get; } = new();

    /// <summary>Null when there is no cluster to be in.</summary>
    internal ClusterMembership? Membership => _membership;

    /// <summary>What an operator asks of it.</summary>
    public GatewayStatus Status { get; }

    /// <summary>Drains by hand, and back.</summary>
    public Doorkeeper Doorkeeper { get; }

    /// <summary>How this gateway and the other members ask each other for what their operators want to know.</summary>
    public NodeQuestions Questions { get; } = new();

    /// <summary>It is a member of its cluster; true for a gateway that shall be in none.</summary>
    public bool IsJoined => _membership?.IsJoined ?? true;

    /// <summary>Why it cannot do all that its settings promise, in words; empty when it can.</summary>
    public IReadOnlyList<string> Obstacles
    {
        get
        {
            List<string> obstacles = [.. Status.Chains.Where(chain => chain.IsMissed).Select(chain => $"chain {chain.Name}, {chain.WhyNot}")];
            if (!IsJoined)
                obstacles.Insert(0, "it is in no cluster yet");
            if (Doorkeeper.IsDraining)
                obstacles.Insert(0, "it drains");
            return obstacles;
        }
    }

    /// <summary>Where it listens, with true ports.</summary>
    public IReadOnlyList<LiteralEndpoint> Listening => [.. Doorkeeper.Doors.All.Select(door => door.Local.ToLiteral())];

    /// <summary>Sessions that live now.</summary>
    public int Sessions => _admission.Sessions;

    /// <summary>Records of sessions that were not written, because the log took too few.</summary>
    public long RecordsDropped => _records.Dropped;

    /// <summary>What each loop did so far, and what it holds now.</summary>
    public IReadOnlyList<LoopCounters> Loops => [.. _loops.Select(loop => loop.Counters)];

    /// <summary>Opens the listeners and begins to serve.</summary>
    /// <param name="settings">Validated.</param>
    /// <param name="log">Where records of sessions go.</param>
    /// <param name="akka">The user's settings under <c>akka</c>.</param>
    /// <param name="loops">Threads that own sockets; 0 for one per core.</param>
    /// <param name="time">Tells how old things are; the loops' timers keep their own time.</param>
    /// <param name="names">Resolves names; by default as the system does.</param>
    /// <exception cref="TransportException">A listener's address is in use, not ours or not permitted.</exception>
    public static GatewayHost Start(
        GatewaySettings settings, ISessionLog log, Config akka, int loops = 0, TimeProvider? time = null, INameService? names = null)
    {
        var host = new GatewayHost(settings, log, akka, loops, time ?? TimeProvider.System, names, estate: null);
        _ = host.OpenAsync();
        host.JoinCluster();
        return host;
    }

    /// <summary>Accepts no more and tells the other members so, waits at most <paramref name="patience"/> for live sessions to end, and says whether all did.</summary>
    public async Task<bool> DrainAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        Doorkeeper.Leave();
        try
        {
            return await _gateway.GracefulStop(patience, Drain.Instance).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Puts other settings in force for new sessions; live ones keep theirs. What the process was made with must be the same
    /// (<see cref="LiveSettings.Join"/>).
    /// </summary>
    /// <exception cref="TransportException">A listener's address cannot be had. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">The gateway is about to end.</exception>
    internal Task<DoorChange> ChangeAsync(GatewaySettings settings)
    {
        var before = Settings;
        var next = _settings.Prepare(settings);
        return Doorkeeper.ChangeAsync(next, () =>
        {
            _settings.Show(next);
            _admission.Change(settings.Limits);
            _innerLegs.Change(settings.Gateways.Values);
            _ownDoors.Change(Listening);
            foreach (var (name, gateway) in settings.Gateways)
                if (before.Gateways.TryGetValue(name, out var known) && known != gateway)
                    Legs.Forget(name);
            LookAfterChains();
            _identity.Change(settings.Egress, [.. Doorkeeper.Doors.All]);
            if (_membership is null)
                Topology.Update(topology => topology.With(_identity.Describe(default, null), topology.Others));
            else
                _membership.Announce();
        });
    }

    /// <summary>Leaves the cluster and ends every session, the actor system and the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        // Off the thread that ended the last actor: it may be a loop's, and a loop cannot wait for itself.
        _chainWatch?.Dispose();
        await Task.WhenAll(EndSessionsAsync(), _membership?.LeaveAsync() ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await System.Terminate().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Doorkeeper.Doors.Dispose();
        _loops.Dispose();
        _resolver.Dispose();
    }

    /// <summary>Their records are written before the system ends that writes them.</summary>
    private async Task EndSessionsAsync()
    {
        try
        {
            await _gateway.GracefulStop(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        }
        catch (TaskCanceledException)
        {
            // The end of the system ends them too.
        }
        await _records.CompleteAsync().ConfigureAwait(false);
    }

    private SessionServices[] Services(LoopStatus[] status)
    {
        var inForce = _settings.Current;
        var guesses = new GuessThrottle();
        var lookup = new AddressIdLookup(_ids, new GuessThrottle());
        return [.. _loops.Select(loop => new SessionServices
        {
            Loop = loop,
            InForce = inForce,
            Guesses = guesses,
            Members = _members,
            InnerLegs = _innerLegs,
            OwnDoors = _ownDoors,
            Admission = _admission,
            AddressIds = _ids,
            IdLookup = lookup,
            IdSharing = _sharing,
            Dialer = new Dialer(loop, _resolver, inForce.Dialing),
            Records = _records,
            Status = status[loop.Index],
            Time = _time,
        })];
    }

    /// <summary>Begins to probe ejected legs and to watch chains, once there can be any.</summary>
    private void LookAfterChains()
    {
        if (_chainWatch is not null || (Settings.Chains.Count == 0 && Settings.Cluster.SeedNodes.Count == 0))
            return;
        _chainWatch = ChainWatch.Start(Status.Events, () => Status.Chains, _time);
        _loops[0].Post(() => LegProber.Start(inForce => new LoopNetwork(new Dialer(_loops[0], _resolver, inForce.Dialing), own: _ownDoors), _settings, Topology, Legs, _time));
    }

    private ClusterMembership PrepareMembership(Config akka)
    {
        var timing = new MemberTiming { GiveUpAfter = Settings.Cluster.GiveUpAfter };
        var terms = new MemberTerms
        {
            Identity = _identity,
            SeedNodes = Settings.Cluster.SeedNodes,
            Roster = new Roster(timing, Settings.Cluster.SeedNodes),
            Board = Topology,
            Timing = timing,
            Time = _time,
        };
        MemberPart[] parts =
        [
            new(LegNewsActor.Name, Props.Create(() => new LegNewsActor(Legs, Topology, _time))),
            new(AddressIdCopiesActor.Name, Props.Create(() => new AddressIdCopiesActor(_ids, _sharing, Topology, _time, AddressIdCopiesActor.Again))),
            new(NodeQuestionsActor.Name, Props.Create(() => new NodeQuestionsActor(Questions))),
        ];
        var configuration = MemberSystem.Configure(Settings.Cluster, _identity.Roles, timing, akka);
        return new ClusterMembership(terms, configuration, parts, Logging.GetLogger(System, typeof(ClusterMembership)), _mayJoin.Task);
    }
}
