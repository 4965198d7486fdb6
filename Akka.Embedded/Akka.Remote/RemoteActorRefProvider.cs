using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Actors here are the local provider's; a path with another address is a <see cref="RemoteActorRef"/>.</summary>
public class RemoteActorRefProvider : IActorRefProvider
{
    private readonly LocalActorRefProvider _local;

    public RemoteActorRefProvider(string systemName, Settings settings, EventStream eventStream)
    {
        var reference = ConfigurationFactory.FromResource("Akka.Remote.Configuration.remote.conf", typeof(RemoteActorRefProvider).Assembly);
        KnownKeys.Check(settings.Config, reference, "akka.remote");
        settings.InjectTopLevelFallback(reference);
        _local = new LocalActorRefProvider(systemName, settings, eventStream);
    }

    public IActorRef DeadLetters => _local.DeadLetters;

    public Address DefaultAddress { get; private set; } = null!;

    public Deployer Deployer => _local.Deployer;

    public LocalActorRef Guardian => _local.Guardian;

    public IActorRef IgnoreRef => _local.IgnoreRef;

    /// <summary>Looks after the nodes whose actors are watched from here.</summary>
    public IActorRef RemoteWatcher { get; private set; } = null!;

    public IInternalActorRef RootGuardian => _local.RootGuardian;

    public ActorPath RootPath => _local.RootPath;

    public Akka.Serialization.Information SerializationInformation { get; private set; } = null!;

    public Settings Settings => _local.Settings;

    public LocalActorRef SystemGuardian => _local.SystemGuardian;

    public IInternalActorRef TempContainer => _local.TempContainer;

    /// <summary>The actors are gone, and the port is free.</summary>
    public Task TerminationTask { get; private set; } = Task.CompletedTask;

    internal Remoting Remoting { get; private set; } = null!;

    public virtual void Init(ActorSystemImpl system)
    {
        _local.Init(system);
        Remoting = new Remoting(system, this, new RemotingSettings(system.Settings.Config));
        TerminationTask = TerminateAsync();
        Remoting.Start();
        DefaultAddress = Remoting.LocalAddress;
        SerializationInformation = new Akka.Serialization.Information(DefaultAddress, system);
        RemoteWatcher = CreateRemoteWatcher(system);
        Remoting.Open();
    }

    public IInternalActorRef ActorOf(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async) =>
        _local.ActorOf(system, props, supervisor, path, systemService, deploy, lookupDeploy, async);

    public Address GetExternalAddressFor(Address address)
    {
        if (HasAddress(address))
            return _local.RootPath.Address;
        return address.Protocol == DefaultAddress.Protocol && address.HasGlobalScope ? DefaultAddress : null!;
    }

    /// <summary>Whether that is this system.</summary>
    public bool HasAddress(Address address) => address.Equals(DefaultAddress) || address.Equals(_local.RootPath.Address);

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path) => _local.RegisterTempActor(actorRef, path);

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var parsed) ? ResolveActorRef(parsed) : _local.DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath) =>
        HasAddress(actorPath.Address) ? _local.ResolveLocal(actorPath) : new RemoteActorRef(this, actorPath);

    public IActorRef RootGuardianAt(Address address) =>
        HasAddress(address) ? _local.RootGuardian : new RemoteActorRef(this, new RootActorPath(address));

    public ActorPath TempPath() => _local.TempPath();

    public void UnregisterTempActor(ActorPath path) => _local.UnregisterTempActor(path);

    protected virtual IActorRef CreateRemoteWatcher(ActorSystemImpl system) => StartRemoteWatcher(system, typeof(RemoteWatcher));

    /// <param name="system">Starting.</param>
    /// <param name="watcher">A <see cref="Remote.RemoteWatcher"/>.</param>
    internal IActorRef StartRemoteWatcher(ActorSystemImpl system, Type watcher)
    {
        const string Section = RemotingSettings.WatchSection;
        var config = Remoting.Settings.WatchFailureDetector;
        var detectors = FailureDetectors.Factory(
            $"{Section}.implementation-class", config.GetString("implementation-class")!, config, system.EventStream);
        return system.SystemActorOf(Props.Create(watcher, config, detectors), "remote-watcher");
    }

    private async Task TerminateAsync()
    {
        await _local.TerminationTask.ConfigureAwait(false);
        await Remoting.ShutdownAsync().ConfigureAwait(false);
    }
}
