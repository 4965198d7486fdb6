using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The settings of a system, read and checked once, at its start.</summary>
public class Settings
{
    private static readonly Lazy<Config> Reference = new(ConfigurationFactory.Default);

    public Settings(ActorSystem system, Config config)
        : this(system, config, ActorSystemSetup.Empty)
    {
    }

    /// <exception cref="ConfigurationException">A setting is missing, malformed or unknown.</exception>
    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        KnownNames.Check(config, Reference.Value);
        Config = config.WithFallback(Reference.Value);

        var bootstrap = setup.Get<BootstrapSetup>();
        ProviderSelectionType = bootstrap.HasValue && bootstrap.Value.ActorRefProvider.HasValue
            ? bootstrap.Value.ActorRefProvider.Value
            : ProviderSelection.Named(Config.String("akka.actor.provider"));
        ProviderClass = ProviderSelectionType.Fqn;
        HasCluster = ProviderSelectionType.HasCluster;
        SupervisorStrategyClass = Config.String("akka.actor.guardian-supervisor-strategy");
        AskTimeout = Config.DurationOrInfinite("akka.actor.ask-timeout");
        DebugLifecycle = Config.Switch("akka.actor.debug.lifecycle");
        DebugEventStream = Config.Switch("akka.actor.debug.event-stream");
        SchedulerClass = Config.String("akka.scheduler.implementation");
        SchedulerShutdownTimeout = Config.Duration("akka.scheduler.shutdown-timeout");

        LogLevel = Level("akka.loglevel");
        StdoutLogLevel = Level("akka.stdout-loglevel");
        Loggers = Config.GetStringList("akka.loggers");
        LoggersDispatcher = Config.String("akka.loggers-dispatcher");
        LoggerStartTimeout = Config.Duration("akka.logger-startup-timeout");
        StdoutLogger = TypeNames.Create<MinimalLogger>(Config.String("akka.stdout-logger-class"), "akka.stdout-logger-class");
        LogFormatter = LogFormatterOf(Config.String("akka.logger-formatter"));
        LogConfigOnStart = Config.Switch("akka.log-config-on-start");
        LogDeadLetters = HowMany("akka.log-dead-letters");
        LogDeadLettersDuringShutdown = Config.Switch("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.DurationOrInfinite("akka.log-dead-letters-suspend-duration");

        CoordinatedShutdownTerminateActorSystem = Config.Switch("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.Switch("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate = on and akka.coordinated-shutdown.terminate-actor-system = off is not a supported configuration combination.");
    }

    public ActorSystem System { get; }
    public ActorSystemSetup Setup { get; }
    public Config Config { get; private set; }
    public string ConfigVersion => Config.GetString("akka.version")!;
    public ProviderSelection ProviderSelectionType { get; }
    public string ProviderClass { get; }
    public bool HasCluster { get; }
    public string SupervisorStrategyClass { get; }

    /// <summary>How long an ask without a timeout of its own waits.</summary>
    public TimeSpan AskTimeout { get; }

    public bool DebugLifecycle { get; }
    public bool DebugEventStream { get; }
    public string SchedulerClass { get; }
    public TimeSpan SchedulerShutdownTimeout { get; }
    public string LogLevel { get; }
    public string StdoutLogLevel { get; }
    public MinimalLogger StdoutLogger { get; }
    public IList<string> Loggers { get; }
    public string LoggersDispatcher { get; }
    public TimeSpan LoggerStartTimeout { get; }
    public ILogMessageFormatter LogFormatter { get; }
    public bool LogConfigOnStart { get; }

    /// <summary>How many dead letters are logged before a rest.</summary>
    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }
    public TimeSpan LogDeadLettersSuspendDuration { get; }
    public bool CoordinatedShutdownTerminateActorSystem { get; }
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    /// <summary>Puts the reference of a plug-in below all that is there.</summary>
    public void InjectTopLevelFallback(Config config) => Config = Config.WithFallback(config);

    public override string ToString() => Config.ToString(includeFallback: true);

    private string Level(string path)
    {
        var level = Config.String(path);
        try
        {
            Logging.LogLevelFor(level);
            return level;
        }
        catch (ArgumentException e)
        {
            throw new ConfigurationException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>A number, or <c>on</c> for all and <c>off</c> for none.</summary>
    private int HowMany(string path) => Config.String(path).ToLowerInvariant() switch
    {
        "on" or "true" => int.MaxValue,
        "off" or "false" => 0,
        _ => Config.Int(path, 0),
    };

    private static ILogMessageFormatter LogFormatterOf(string type)
    {
        var formatter = TypeNames.Find(type, "akka.logger-formatter");
        return formatter == typeof(DefaultLogMessageFormatter)
            ? DefaultLogMessageFormatter.Instance
            : TypeNames.Create<ILogMessageFormatter>(type, "akka.logger-formatter");
    }
}
