using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor.Internal;

public class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ExtensionRegistry _extensions;
    private readonly TerminationCallbacks _callbacks = new();
    private IActorRef? _deadLetterListener;
    private volatile bool _aborting;
    private Serialization.Serialization? _serialization;

    public ActorSystemImpl(string name)
        : this(name, ConfigurationFactory.Load(), ActorSystemSetup.Empty)
    {
    }

    internal ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        if (!IsValidName(name))
            throw new ArgumentException($"Invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-')", nameof(name));
        ArgumentNullException.ThrowIfNull(config);
        Name = name;
        _extensions = new ExtensionRegistry(this);
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = Logging.GetLogger(EventStream, this);
        Scheduler = TypeNames.Create<IScheduler>(Settings.SchedulerClass, "akka.scheduler.implementation", Settings.Config, Log);
        try
        {
            Provider = TypeNames.Create<IActorRefProvider>(Settings.ProviderClass, "akka.actor.provider", name, Settings, EventStream);
            Dispatchers = new Dispatchers(Settings.Config, new DefaultDispatcherPrerequisites(EventStream, Scheduler, Settings));
        }
        catch
        {
            (Scheduler as IDisposable)?.Dispose();
            throw;
        }
    }

    public override string Name { get; }
    public override Settings Settings { get; }
    public override EventStream EventStream { get; }
    public override ILoggingAdapter Log { get; }
    public override IScheduler Scheduler { get; }
    public override IActorRefProvider Provider { get; }
    public override Dispatchers Dispatchers { get; }
    public override Serialization.Serialization Serialization => _serialization!;
    public override IActorRef DeadLetters => Provider.DeadLetters;
    public override IActorRef IgnoreRef => Provider.IgnoreRef;
    public override IInternalActorRef Guardian => Provider.Guardian;
    public override IInternalActorRef LookupRoot => Provider.RootGuardian;
    public override IInternalActorRef SystemGuardian => Provider.SystemGuardian;
    public override Task WhenTerminated => _callbacks.Done;

    public void Start()
    {
        StartTime = Scheduler.MonotonicClock;
        try
        {
            _serialization = new Serialization.Serialization(this);
            Provider.Init(this);
            _ = Provider.TerminationTask.ContinueWith(
                _ => Close(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            EventStream.StartUnsubscriber(this);
            LoggerStarter.Start(this);
            if (Settings.LogDeadLetters > 0)
                _deadLetterListener = SystemActorOf(Props.From(() => new DeadLetterListener()), "deadLetterListener");
            foreach (var extension in Settings.Config.GetStringList("akka.extensions"))
                RegisterExtension(TypeNames.Create<IExtensionId>(extension, "akka.extensions"));
            if (Settings.LogConfigOnStart)
                Log.Info(Settings.ToString());
        }
        catch
        {
            Abort();
            throw;
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) => Provider.Guardian.Cell.AttachChild(props, isSystemService: false, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) =>
        Provider.SystemGuardian.Cell.AttachChild(props, isSystemService: true, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, LookupRoot);

    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent == Guardian.Path)
            Guardian.Tell(new Dispatch.SysMsg.StopChild(actor));
        else if (parent == SystemGuardian.Path)
            SystemGuardian.Tell(new Dispatch.SysMsg.StopChild(actor));
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override Task Terminate()
    {
        if (Settings.CoordinatedShutdownRunByActorSystemTerminate && !_aborting)
            return CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        FinalTerminate();
        return WhenTerminated;
    }

    public override void Abort()
    {
        _aborting = true;
        FinalTerminate();
    }

    public override void RegisterOnTermination(Action code) => _callbacks.Add(code);

    public override object RegisterExtension(IExtensionId extension) => _extensions.Register(extension);

    public override object GetExtension(IExtensionId extensionId) => _extensions.Find(extensionId.ExtensionType)!;

    public override T GetExtension<T>() => (T)_extensions.Find(typeof(T))!;

    public override bool HasExtension(Type type) => _extensions.Find(type) is not null;

    public override bool HasExtension<T>() => HasExtension(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object extension) => (extension = _extensions.Find(extensionType)!) is not null;

    public override bool TryGetExtension<T>(out T extension) => (extension = (T)_extensions.Find(typeof(T))!) is not null;

    /// <summary>Stops the guardians; what follows is in <see cref="Close"/>.</summary>
    internal void FinalTerminate()
    {
        if (!Settings.LogDeadLettersDuringShutdown && _deadLetterListener is { } listener)
            Stop(listener);
        if (Provider.Guardian is { } guardian)
            guardian.Stop();
        else
            Close();
    }

    private static bool IsValidName(string? name) =>
        !string.IsNullOrEmpty(name) && name[0] != '-' && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private void Close()
    {
        (Scheduler as IDisposable)?.Dispose();
        _callbacks.Run(Log);
        foreach (var disposable in _extensions.All.OfType<IDisposable>())
            disposable.Dispose();
        _callbacks.Complete();
    }

    public override string ToString() => LookupRoot?.Path.Root.Address.ToString() ?? $"akka://{Name}";
}
