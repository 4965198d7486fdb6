using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Gateway.Node.Metrics;

namespace Gateway.Node.Telemetry;

/// <summary>Traces and metrics on their way to an OpenTelemetry collector. A gateway whose settings name none has no such thing.</summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private readonly OtlpClient _client;
    private readonly TelemetrySource _source;
    private readonly LogWriter _log;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private MetricExport? _metrics;

    private TelemetryExport(GatewaySettings settings, LogWriter log, TimeProvider? time, TimeSpan? gathering)
    {
        (_source, _log, _time) = (new TelemetrySource(settings), log, time ?? TimeProvider.System);
        (_client, _started) = (new OtlpClient(settings.Telemetry), _time.GetUtcNow());
        Spans = new SpanExport(log, _client, _source, News(OtlpSignal.Traces), gathering: gathering);
    }

    /// <summary>Stands before the log.</summary>
    public SpanExport Spans { get; }

    /// <summary>Null when the settings name no endpoint.</summary>
    /// <param name="time">For metrics.</param>
    /// <param name="gathering">How long sessions wait for others to go with them.</param>
    public static TelemetryExport? For(GatewaySettings settings, LogWriter log, TimeProvider? time = null, TimeSpan? gathering = null) =>
        settings.Telemetry.Endpoint is null ? null : new(settings, log, time, gathering);

    /// <summary>Metrics are sent from here on, unless the settings want none.</summary>
    public void Begin(GatewayMetrics metrics)
    {
        if (_source.Settings.Metrics is { } interval)
            _metrics = new MetricExport(metrics, _client, _source, News(OtlpSignal.Metrics), interval, _started, _time);
    }

    /// <summary>Before the gateway ends: then nobody counts any more.</summary>
    public ValueTask EndMetricsAsync() => Interlocked.Exchange(ref _metrics, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Sends the last spans. After the gateway has ended, so that all sessions are told of.</summary>
    public async ValueTask DisposeAsync()
    {
        await Spans.DisposeAsync();
        _client.Dispose();
    }

    private ExportNews News(OtlpSignal signal) => new(signal, _source.Settings.Endpoint!, _log);
}
