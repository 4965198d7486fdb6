using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>This node's part in the cluster: join, leave, look at it, and hear of its changes.</summary>
public class Cluster : IExtension
{
    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;
    private volatile IActorRef _daemon;
    private readonly ActorPath _daemonPath;
    private readonly TaskCompletionSource<Done> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MembershipState _membership;
    private int _terminated;

    /// <exception cref="ConfigurationException">The system is no cluster node, or its settings make no sense.</exception>
    public Cluster(ActorSystemImpl system)
    {
        if (system.Provider is not ClusterActorRefProvider provider)
            throw new ConfigurationException($"ActorSystem [{system}] needs to have a 'ClusterActorRefProvider' enabled in the configuration, currently uses [{system.Provider.GetType()}]");
        _system = system;
        _log = Logging.GetLogger(system, this);
        Settings = new ClusterSettings(system.Settings.Config, system.Name);
        if (Settings.UseDispatcher.Length > 0 && !system.Dispatchers.HasDispatcher(Settings.UseDispatcher))
            throw new ConfigurationException($"akka.cluster.use-dispatcher: there is no dispatcher [{Settings.UseDispatcher}]");
        SelfUniqueAddress = new UniqueAddress(provider.DefaultAddress, AddressUidExtension.Uid(system));
        FailureDetector = new DefaultFailureDetectorRegistry<Address>(FailureDetectors.Factory(
            "akka.cluster.failure-detector.implementation-class",
            Settings.FailureDetectorImplementationClass, Settings.FailureDetectorConfig, system.EventStream));
        _membership = new MembershipState(Gossip.Empty, SelfUniqueAddress);
        DowningProvider = CreateDowningProvider();
        _daemonPath = new RootActorPath(SelfAddress) / "system" / ClusterDaemon.Name;
        Info("Starting up...");
        _daemon = system.SystemActorOf(Props.Create(typeof(ClusterDaemon), this), ClusterDaemon.Name);
        LeaveOnShutdown();
        Info("Started up successfully");
    }

    public IDowningProvider DowningProvider { get; }

    public DefaultFailureDetectorRegistry<Address> FailureDetector { get; }

    /// <summary>Whether this node's part is over; only a new actor system can join again.</summary>
    public bool IsTerminated => Volatile.Read(ref _terminated) == 1;

    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    public Address SelfAddress => SelfUniqueAddress.Address;

    /// <summary>This node as it sees itself; Removed when it is not a member.</summary>
    public Member SelfMember =>
        Membership.Gossip.Find(SelfUniqueAddress) ?? new Member(SelfUniqueAddress, Member.NotUpYet, MemberStatus.Removed, Settings.Roles);

    public ImmutableHashSet<string> SelfRoles => Settings.Roles;

    public UniqueAddress SelfUniqueAddress { get; }

    public ClusterSettings Settings { get; }

    /// <summary>At least as new as the latest event that any subscriber has got.</summary>
    public CurrentClusterState State => Membership.ToCurrentState();

    public ExtendedActorSystem System => _system;

    internal MembershipState Membership
    {
        get => Volatile.Read(ref _membership);
        set => Volatile.Write(ref _membership, value);
    }

    /// <exception cref="ConfigurationException">The system is no cluster node.</exception>
    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    /// <summary>Joins the cluster of that node; its own address forms a new cluster.</summary>
    public void Join(Address address) => _daemon.Tell(new ClusterCommands.JoinTo(FillLocal(address)));

    /// <summary>Completes when this node is up.</summary>
    /// <exception cref="ClusterJoinFailedException">This node's part ended before.</exception>
    public Task JoinAsync(Address address, CancellationToken token = default) => WhenUp(() => Join(address), $"{address}", token);

    /// <summary>Joins the first of these nodes that is in a cluster.</summary>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) =>
        _daemon.Tell(new ClusterCommands.JoinSeedNodes([.. seedNodes.Select(FillLocal)]));

    /// <inheritdoc cref="JoinAsync"/>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default)
    {
        Address[] seeds = [.. seedNodes];
        return WhenUp(() => JoinSeedNodes(seeds), string.Join(", ", seeds.AsEnumerable()), token);
    }

    /// <summary>Has that member leave in an orderly way.</summary>
    public void Leave(Address address) => _daemon.Tell(new ClusterCommands.Leave(FillLocal(address)));

    /// <summary>Completes when this node has left.</summary>
    public Task LeaveAsync()
    {
        if (!IsTerminated)
            Leave(SelfAddress);
        return _ended.Task;
    }

    /// <inheritdoc cref="LeaveAsync()"/>
    public Task LeaveAsync(CancellationToken cancellationToken) => LeaveAsync().WaitAsync(cancellationToken);

    /// <summary>Gives that member up: it is removed without being asked.</summary>
    public void Down(Address address) => _daemon.Tell(new ClusterCommands.Down(FillLocal(address)));

    /// <summary>Runs once, when this node is up; at once if it is.</summary>
    public void RegisterOnMemberUp(Action callback) => _daemon.Tell(new EventPublisher.OnUp(callback));

    /// <summary>Runs once, when this node's part is over; at once if it is.</summary>
    public void RegisterOnMemberRemoved(Action callback)
    {
        if (IsTerminated)
            callback();
        else
            _daemon.Tell(new EventPublisher.OnRemoved(callback));
    }

    public void SendCurrentClusterState(IActorRef receiver) => _daemon.Tell(new EventPublisher.SendCurrentState(receiver));

    /// <summary>The subscriber gets a <see cref="CurrentClusterState"/> first, then every event of these types.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, InitialStateAsSnapshot, to);

    /// <exception cref="ArgumentException">One of the types is no event of the cluster.</exception>
    public void Subscribe(IActorRef subscriber, SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        if (to.Length == 0)
            throw new ArgumentException("At least one type of ClusterDomainEvent is needed", nameof(to));
        if (Array.Find(to, type => !type.IsAssignableTo(typeof(IClusterDomainEvent))) is { } foreign)
            throw new ArgumentException($"Subscribe to `akka.cluster.ClusterDomainEvent` or subclasses, was [{foreign.Name}]", nameof(to));
        _daemon.Tell(new EventPublisher.Subscribe(subscriber, initialStateMode, to));
    }

    public void Unsubscribe(IActorRef subscriber) => _daemon.Tell(new EventPublisher.Unsubscribe(subscriber, null));

    public void Unsubscribe(IActorRef subscriber, Type to) => _daemon.Tell(new EventPublisher.Unsubscribe(subscriber, to));

    /// <summary>The daemon's children may use the cluster before whoever started the daemon has its reference.</summary>
    internal void DaemonStarts(IActorRef daemon) => _daemon = daemon;

    /// <summary>One of the cluster's actors at another node, or here.</summary>
    internal IActorRef ActorAt(Address address, string name) =>
        _system.Provider.ResolveActorRef(new RootActorPath(address) / "system" / ClusterDaemon.Name / name);

    /// <summary>Ends this node's part without another word to the cluster.</summary>
    internal void Shutdown()
    {
        if (Interlocked.Exchange(ref _terminated, 1) == 1)
            return;
        Info("Shutting down...");
        _system.Stop(_daemon);
    }

    /// <summary>The cluster's actors are gone.</summary>
    internal void HasEnded()
    {
        Volatile.Write(ref _terminated, 1);
        _ended.TrySetResult(Done.Instance);
        Info("Successfully shut down");
        if (Settings.RunCoordinatedShutdownWhenDown)
            _ = CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
    }

    private Task WhenUp(Action join, string target, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        if (IsTerminated)
            return Task.FromException(new ClusterJoinFailedException("Cluster has already been terminated"));
        if (IsUp)
            return Task.CompletedTask;
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberUp(() => up.TrySetResult());
        RegisterOnMemberRemoved(() => up.TrySetException(
            new ClusterJoinFailedException($"Node has not managed to join the cluster using provided address: {target}")));
        join();
        return up.Task.WaitAsync(token);
    }

    private void LeaveOnShutdown()
    {
        var shutdown = CoordinatedShutdown.Get(_system);
        Ask(CoordinatedShutdown.PhaseClusterLeave, "leave", new ClusterCommands.LeaveForShutdown());
        Ask(CoordinatedShutdown.PhaseClusterExiting, "wait-exiting", new ClusterCommands.AwaitExiting());
        Ask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", new ClusterCommands.ExitingCompleted());
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", () =>
        {
            Shutdown();
            return _ended.Task;
        });

        void Ask(string phase, string name, object command) => shutdown.AddTask(phase, name, () =>
            IsTerminated || SelfMember.Status == MemberStatus.Down
                ? Task.FromResult(Done.Instance)
                : _daemon.Ask<Done>(command, shutdown.Timeout(phase)));
    }

    private IDowningProvider CreateDowningProvider()
    {
        try
        {
            return (IDowningProvider)Activator.CreateInstance(Settings.DowningProviderType, _system, this)!;
        }
        catch (global::System.Reflection.TargetInvocationException e) when (e.InnerException is ConfigurationException cause)
        {
            throw new ConfigurationException(cause.Message, cause);
        }
    }

    private Address FillLocal(Address address) => address.HasLocalScope && address.System == SelfAddress.System ? SelfAddress : address;

    private void Info(string text)
    {
        if (Settings.LogInfo)
            _log.Info("Cluster Node [{0}] - {1}", SelfAddress, text);
    }
}
