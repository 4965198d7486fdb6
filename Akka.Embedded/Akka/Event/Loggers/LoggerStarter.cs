using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>Starts the loggers of the settings, and hands logging over from the console to them.</summary>
internal static class LoggerStarter
{
    private static int _number;

    /// <exception cref="LoggerInitializationException">A logger did not answer in time.</exception>
    public static void Start(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var stream = system.EventStream;
        var level = Logging.LogLevelFor(settings.LogLevel);
        stream.UseLevel(level);
        var replacesConsole = true;
        foreach (var name in settings.Loggers)
        {
            var type = TypeNames.Find(name, "akka.loggers");
            if (typeof(MinimalLogger).IsAssignableFrom(type))
            {
                stream.AddLogger(TypeNames.Create<MinimalLogger>(name, "akka.loggers"), level);
                continue;
            }

            if (!typeof(ActorBase).IsAssignableFrom(type))
                throw new ConfigurationException($"akka.loggers: [{name}] is no actor.");
            StartActor(system, type, level, ref replacesConsole);
        }

        if (replacesConsole)
            stream.Unsubscribe(settings.StdoutLogger);
        stream.Publish(new Debug(nameof(LoggerStarter), typeof(LoggerStarter), "Default Loggers started"));
    }

    private static void StartActor(ActorSystemImpl system, Type type, LogLevel level, ref bool replacesConsole)
    {
        var number = Interlocked.Increment(ref _number);
        var name = $"log{number}-{Logging.SimpleName(type)}";
        var logger = system.SystemActorOf(PropsOf(type).WithDispatcher(system.Settings.LoggersDispatcher), name);
        system.EventStream.AddLogger(logger, level);
        try
        {
            var answer = logger.Ask(new InitializeLogger(system.EventStream), system.Settings.LoggerStartTimeout).GetAwaiter().GetResult();
            if (answer is not LoggerInitialized)
                throw new LoggerInitializationException($"Logger {name} did not respond with LoggerInitialized, sent instead {answer}");
        }
        catch (AskTimeoutException)
        {
            replacesConsole = false;
            system.EventStream.Publish(new Warning(name, type,
                $"Logger {name} did not respond within {system.Settings.LoggerStartTimeout} to InitializeLogger(bus)"));
        }
    }

    private static Props PropsOf(Type type) => type == typeof(DefaultLogger) ? Props.From(() => new DefaultLogger()) : Props.Create(type);
}
