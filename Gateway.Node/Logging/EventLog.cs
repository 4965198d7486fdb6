using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Node.Status;

namespace Gateway.Node.Logging;

/// <summary>
/// Writes the gateway's events to its log: members, legs, chains, what the operator did. Sessions have records of their own, reloads and the end of the
/// gateway are told by those who bring them about.
/// </summary>
internal sealed class EventLog : IAsyncDisposable
{
    private readonly EventSubscription _events;
    private readonly Task _writing;

    private EventLog(GatewayEvents events, LogWriter log)
    {
        _events = events.Subscribe(after: 0);
        _writing = WriteAsync(log);
    }

    /// <summary>Begins with the first event that is kept.</summary>
    public static EventLog Start(GatewayEvents events, LogWriter log) => new(events, log);

    /// <summary>Returns when all that has happened is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        await _writing;
    }

    private async Task WriteAsync(LogWriter log)
    {
        await foreach (var news in _events.Events.ReadAllAsync())
            if (LevelOf(news.Kind) is { } level)
                log.Write(level, Names.Of(news.Kind), $"{news.Subject} {news.Message}");
    }

    /// <summary>Null for what the log has already.</summary>
    private static LogLevelSetting? LevelOf(GatewayEventKind kind) => kind switch
    {
        GatewayEventKind.Draining or GatewayEventKind.Undrained or GatewayEventKind.Reloaded or GatewayEventKind.ReloadRefused or GatewayEventKind.SessionFailed => null,
        GatewayEventKind.ChainBroken or GatewayEventKind.AssociationBroken => LogLevelSetting.Warning,
        _ => LogLevelSetting.Info,
    };
}
