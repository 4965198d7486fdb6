using Gateway.Node.Metrics;

namespace Gateway.Node.Telemetry;

/// <summary>Sends all metrics, again and again. They are sums from the start, so what a request lost the next one says too.</summary>
internal sealed class MetricExport : IAsyncDisposable
{
    private readonly GatewayMetrics _metrics;
    private readonly OtlpClient _client;
    private readonly TelemetrySource _source;
    private readonly ExportNews _news;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _noMore = new();
    private readonly Task _sending;

    /// <param name="interval">Between two requests.</param>
    /// <param name="started">When the gateway began to count.</param>
    public MetricExport(GatewayMetrics metrics, OtlpClient client, TelemetrySource source, ExportNews news, TimeSpan interval, DateTimeOffset started, TimeProvider time)
    {
        (_metrics, _client, _source, _news, _started, _time) = (metrics, client, source, news, started, time);
        _timer = new PeriodicTimer(interval, time);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Sends no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _noMore.CancelAsync();
        await _sending;
        _timer.Dispose();
        _noMore.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(_noMore.Token))
            {
                var counts = await _metrics.CountAsync().WaitAsync(_noMore.Token);
                var encoder = new MetricEncoder(_started, _time.GetUtcNow());
                _metrics.Show(counts, encoder);
                _news.Report(await _client.SendAsync(OtlpSignal.Metrics, _source.Request(encoder.WriteTo), _noMore.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The gateway ends.
        }
    }
}
