using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Microsoft.Extensions.Logging;

namespace Gateway.Node.Admin;

/// <summary>Carries what the HTTP server logs into the gateway's log, from warnings on: a scrape every few seconds is no news.</summary>
internal sealed class AdminLogging(LogWriter log) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Category(log, categoryName);

    public void Dispose() { }

    private sealed class Category(LogWriter log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write(logLevel == LogLevel.Warning ? LogLevelSetting.Warning : LogLevelSetting.Error, "admin", formatter(state, exception), name, exception);
        }
    }
}
