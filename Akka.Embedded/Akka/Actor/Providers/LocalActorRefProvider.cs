using System.Collections.Concurrent;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Serialization;

namespace Akka.Actor;

/// <summary><c>akka.actor.provider = local</c>. The providers of other nodes use one for what is at home.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly EventStream _eventStream;
    private readonly ConcurrentDictionary<string, IInternalActorRef> _extraNames = new();
    private readonly TaskCompletionSource<Status> _termination = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorPath _tempNode;
    private long _tempNumber;
    private VirtualPathContainer _temp = null!;
    private RootGuardianActorRef _root = null!;
    private Information? _information;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, null, null)
    {
    }

    public LocalActorRefProvider(
        string systemName, Settings settings, EventStream eventStream, Deployer? deployer, Func<ActorPath, IInternalActorRef>? deadLettersFactory)
    {
        Settings = settings;
        _eventStream = eventStream;
        Deployer = deployer ?? new Deployer(settings);
        RootPath = new RootActorPath(new Address("akka", systemName));
        Log = Logging.GetLogger(eventStream, $"LocalActorRefProvider({RootPath.Address})");
        DeadLetters = deadLettersFactory?.Invoke(RootPath / "deadLetters") ?? new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(this, RootPath / "ignore");
        _tempNode = RootPath / "temp";
    }

    public Settings Settings { get; }
    public Deployer Deployer { get; }
    public ActorPath RootPath { get; }
    public ILoggingAdapter Log { get; }
    public IActorRef DeadLetters { get; }
    public IActorRef IgnoreRef { get; }
    public EventStream EventStream => _eventStream;
    public IInternalActorRef RootGuardian => _root;
    public LocalActorRef Guardian { get; private set; } = null!;
    public LocalActorRef SystemGuardian { get; private set; } = null!;
    public IInternalActorRef TempContainer => _temp;
    public Task TerminationTask => _termination.Task;
    public Address DefaultAddress => RootPath.Address;
    public Information SerializationInformation => _information!;

    public void Init(ActorSystemImpl system)
    {
        _information = new Information(DefaultAddress, system);
        var dispatcher = system.Dispatchers.DefaultGlobalDispatcher;
        var supervisor = new RootGuardianSupervisor((RootActorPath)RootPath, this, _termination, Log);
        var rootStrategy = new OneForOneStrategy(cause =>
        {
            Log.Error(cause, "guardian failed, shutting down system");
            return Directive.Stop;
        });
        _root = new RootGuardianActorRef(
            system, Props.From(() => new GuardianActor(), rootStrategy), dispatcher, supervisor, RootPath, _extraNames);
        _temp = new VirtualPathContainer(this, _tempNode, _root);
        _extraNames["temp"] = _temp;
        _extraNames["deadLetters"] = (IInternalActorRef)DeadLetters;

        var userStrategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();
        Guardian = _root.Cell.AttachGuardian(
            "user", path => new LocalActorRef(system, Props.From(() => new GuardianActor(), userStrategy), dispatcher, _root, path));
        SystemGuardian = _root.Cell.AttachGuardian(
            "system", path => new LocalActorRef(system, Props.From(() => new SystemGuardianActor(Guardian)), dispatcher, _root, path));

        _root.SendSystemMessage(new Watch(SystemGuardian, _root));
        SystemGuardian.SendSystemMessage(new Watch(Guardian, SystemGuardian));
        _root.Start();
        Guardian.Start();
        SystemGuardian.Start();
    }

    /// <summary>Adds a name below the root that is no actor, before the system starts.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor) => _extraNames[name] = actor;

    public IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async)
    {
        var deployed = lookupDeploy ? Deployer.Lookup(path) : deploy;
        if (deployed is not null)
            props = props.WithDeploy(deployed);
        return new LocalActorRef(system, props, DispatcherFor(system, props, path), supervisor, path);
    }

    public IActorRef RootGuardianAt(Address address) => address.Equals(RootPath.Address) ? _root : DeadLetters;

    public IActorRef ResolveActorRef(string path)
    {
        if (ActorPath.TryParse(path, out var parsed))
            return ResolveActorRef(parsed);
        Log.Debug("Resolve of unknown path [{0}] failed. Invalid format.", path);
        return DeadLetters;
    }

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Root.Address.Equals(RootPath.Address))
            return ResolveLocal(actorPath);
        Log.Debug("Resolve of foreign ActorPath [{0}] failed", actorPath);
        return DeadLetters;
    }

    public ActorPath TempPath() => new ChildActorPath(_tempNode, ActorCell.GeneratedName(Interlocked.Increment(ref _tempNumber)), ActorCell.UndefinedUid);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _temp.AddChild(path.Name, actorRef);

    public void UnregisterTempActor(ActorPath path) => _temp.RemoveChild(path.Name);

    public Address GetExternalAddressFor(Address address) => address.Equals(RootPath.Address) ? address : null!;

    /// <summary>Finds an actor of this system, whatever address the path bears.</summary>
    internal IActorRef ResolveLocal(ActorPath path)
    {
        if (path.Depth == 0)
            return _root;
        var elements = (string[])path.Elements;
        if (path.Uid != ActorCell.UndefinedUid)
            elements[^1] = $"{elements[^1]}#{path.Uid}";
        var found = _root.GetChild(elements);
        return found.IsNobody()
            ? new EmptyLocalActorRef(_root.Provider, (RootPath / path.Elements).WithUid(path.Uid), _eventStream)
            : found;
    }

    private static MessageDispatcher DispatcherFor(ActorSystemImpl system, Props props, ActorPath path)
    {
        var id = props.Dispatcher;
        if (ReferenceEquals(id, Dispatchers.DefaultDispatcherId))
            return system.Dispatchers.DefaultGlobalDispatcher;
        if (!system.Dispatchers.HasDispatcher(id))
            throw new ConfigurationException($"Dispatcher [{id}] not configured for path {path}");
        return system.Dispatchers.Lookup(id);
    }
}
