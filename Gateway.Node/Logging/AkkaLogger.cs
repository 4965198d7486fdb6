using Akka.Event;
using Gateway.Actors.Settings;

namespace Gateway.Node.Logging;

/// <summary>Carries what Akka logs into the gateway's log. Akka makes it by its name, so it finds the log in a static place.</summary>
public sealed class AkkaLogger : DefaultLogger
{
    /// <summary>This process's log.</summary>
    public static LogWriter? Target { get; set; }

    protected override void Print(LogEvent logEvent)
    {
        var level = logEvent.LogLevel() switch
        {
            LogLevel.DebugLevel => LogLevelSetting.Debug,
            LogLevel.InfoLevel => LogLevelSetting.Info,
            LogLevel.WarningLevel => LogLevelSetting.Warning,
            _ => LogLevelSetting.Error,
        };
        Target?.Write(level, "log", logEvent.Message?.ToString() ?? "", logEvent.LogSource, logEvent.Cause);
    }
}
