using Gateway.Actors.Status;
using Gateway.Node.Metrics;
using Prometheus;
using Counter = Prometheus.Counter;

namespace Gateway.Node.Admin.Metrics;

/// <summary>The gateway's metrics in a registry of their own, which each scrape brings up to date.</summary>
internal sealed class PrometheusMetrics : IMetricSink
{
    private readonly GatewayMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly Dictionary<Metric, Gauge> _gauges = [];
    private readonly Dictionary<Metric, Counter> _counters = [];
    private readonly Dictionary<Metric, Histogram> _histograms = [];
    private readonly Dictionary<(Metric Metric, string Labels), PrometheusHistogram> _shown = [];
    private readonly HashSet<(Metric Metric, string Labels)> _seen = [];

    public PrometheusMetrics(GatewayMetrics metrics)
    {
        _metrics = metrics;
        var factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        foreach (var metric in GatewayMetrics.All)
        {
            if (metric.Kind == MetricKind.Gauge)
                _gauges[metric] = factory.CreateGauge(metric.Name, metric.Help, metric.Labels);
            else if (metric.Kind == MetricKind.Counter)
                _counters[metric] = factory.CreateCounter(metric.Name, metric.Help, metric.Labels);
            else
                _histograms[metric] = factory.CreateHistogram(metric.Name, metric.Help, metric.Labels, new() { Buckets = SetupTimes.Bounds });
        }
        DotNetStats.Register(Registry);
        Registry.AddBeforeCollectCallback(UpdateAsync);
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    void IMetricSink.Show(Metric metric, double value, params string[] labels)
    {
        if (metric.Kind == MetricKind.Counter)
        {
            _counters[metric].WithLabels(labels).IncTo(value);
            return;
        }
        _gauges[metric].WithLabels(labels).Set(value);
        _seen.Add((metric, Joined(labels)));
    }

    void IMetricSink.Show(Metric metric, SetupTimes times, params string[] labels)
    {
        var key = (metric, Joined(labels));
        if (!_shown.TryGetValue(key, out var histogram))
            _shown[key] = histogram = new(_histograms[metric].WithLabels(labels));
        histogram.Show(times);
    }

    private async Task UpdateAsync(CancellationToken cancellation)
    {
        var counts = await _metrics.CountAsync().WaitAsync(cancellation);
        lock (_gate)
        {
            _seen.Clear();
            _metrics.Show(counts, this);
            // Members come and go, and a state that nobody has any more is none.
            foreach (var (metric, gauge) in _gauges)
                foreach (var gone in gauge.GetAllLabelValues().Where(labels => !_seen.Contains((metric, Joined(labels)))).ToList())
                    gauge.RemoveLabelled(gone);
        }
    }

    private static string Joined(string[] labels) => string.Join('\n', labels);
}
