namespace Akka.Event;

internal static class LogLevels
{
    public static readonly LogLevel[] All = [LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel];

    /// <summary>Above all levels.</summary>
    public const LogLevel Off = (LogLevel)int.MaxValue;
}
