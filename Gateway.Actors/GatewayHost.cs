using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Chains;
using Gateway.Actors.Listeners;
using Gateway.Actors.Loops;
using Gateway.Actors.Members;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors;

/// <summary>A running gateway: its loops, its listeners and the actor system over them.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly LoopGroup _loops;
    private readonly Resolver _resolver;
    private readonly Doors _doors;
    private readonly Admission _admission;
    private readonly IActorRef _gateway;
    private readonly TopologyBoard _topology;

    private GatewayHost(GatewaySettings settings, ISessionLog log, Config akka, int loops, TimeProvider time, INameService? names)
    {
        Settings = settings;
        _loops = new LoopGroup(loops);
        try
        {
            _doors = Doors.Open(settings, _loops.Count);
        }
        catch
        {
            _loops.Dispose();
            throw;
        }
        _topology = new TopologyBoard(Topology.Alone(new MemberAnnouncement
        {
            Name = settings.Node.Name,
            Incarnation = default,
            Roles = settings.Node.Roles,
            Endpoints = Listening,
        }));
        _resolver = new Resolver(names: names, time: time);
        _admission = new Admission(settings.Limits);
        System = ActorSystem.Create("socks64", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(LoopDispatchers.Configuration(_loops.Count)).WithFallback(akka)),
            new LoopSetup(_loops)));
        var ids = new AddressIdTable(settings.AddressId.Idle, settings.Limits.AddressIdsPerClient);
        var keeper = Props.Create(() => new AddressIdsActor(ids, time));
        Func<IActorRef, IEnumerable<SessionServices>> services = parent => Services(log, time, ids, parent);
        _gateway = System.ActorOf(Props.Create(() => new GatewayActor(keeper, services, _doors)), "gateway");
    }

    public GatewaySettings Settings { get; }

    public ActorSystem System { get; }

    /// <summary>Where it listens, with true ports.</summary>
    public IReadOnlyList<LiteralEndpoint> Listening => [.. _doors.All.Select(door => door.Local.ToLiteral())];

    /// <summary>Sessions that live now.</summary>
    public int Sessions => _admission.Sessions;

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
        GatewaySettings settings, ISessionLog log, Config akka, int loops = 0, TimeProvider? time = null, INameService? names = null) =>
        new(settings, log, akka, loops, time ?? TimeProvider.System, names);

    /// <summary>Accepts no more, waits at most <paramref name="patience"/> for live sessions to end, and says whether all did.</summary>
    public async Task<bool> DrainAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        try
        {
            return await _gateway.GracefulStop(patience, Drain.Instance).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends every session at once, and the actor system and the loops.</summary>
    public async ValueTask DisposeAsync()
    {
        // Off the thread that ended the last actor: it may be a loop's, and a loop cannot wait for itself.
        await System.Terminate().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _doors.Dispose();
        _loops.Dispose();
        _resolver.Dispose();
    }

    private SessionServices[] Services(ISessionLog log, TimeProvider time, AddressIdTable ids, IActorRef keeper)
    {
        var rules = new AccessRules(Settings);
        var logins = new LoginCheck(Settings.Users);
        var guesses = new GuessThrottle();
        var members = MemberCheck.For(Settings, time);
        var innerLegs = new InnerLegs(Settings.Gateways.Values, _topology);
        var lookup = new AddressIdLookup(ids, new GuessThrottle());
        var dialing = new DialerOptions
        {
            AttemptTimeout = Settings.Timeouts.Connect,
            Egress = new Egress([.. Settings.Egress.Ipv4.Select(Source)], [.. Settings.Egress.Ipv6.Select(Source)]),
        };
        var chains = new ChainPlanner(Settings, _topology, new LegHealth(Settings.Node.Name), members?.Key, time);
        return [.. _loops.Select(loop => new SessionServices
        {
            Loop = loop,
            Settings = Settings,
            Rules = rules,
            Logins = logins,
            Guesses = guesses,
            Members = members,
            InnerLegs = innerLegs,
            Admission = _admission,
            AddressIds = ids,
            IdLookup = lookup,
            IdKeeper = keeper,
            Dialer = new Dialer(loop, _resolver, dialing),
            Chains = chains,
            Log = log,
            Counters = new SessionCounters(loop.Index, _loops.Count),
            Time = time,
        })];

        static IpEndpoint Source(IpLiteral address) => IpEndpoint.From(address, 0);
    }
}
