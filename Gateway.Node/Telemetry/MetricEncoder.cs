using Gateway.Actors.Status;
using Gateway.Node.Metrics;

namespace Gateway.Node.Telemetry;

/// <summary>
/// One pass of metrics as an OTLP request, under the names that Prometheus has for them.
/// <c>Metric { string name = 1, description = 2, unit = 3; Gauge gauge = 5; Sum sum = 7; Histogram histogram = 9; }</c>, whose data points are
/// field 1; a sum and a histogram also have <c>aggregation_temporality = 2</c>, and a sum <c>is_monotonic = 3</c>.
/// </summary>
/// <param name="started">When counting began.</param>
/// <param name="now">When the numbers were read.</param>
internal sealed class MetricEncoder(DateTimeOffset started, DateTimeOffset now) : IMetricSink
{
    private const int Cumulative = 2;

    private readonly Dictionary<Metric, ProtobufWriter> _points = [];

    public void WriteTo(ProtobufWriter scope)
    {
        foreach (var (metric, points) in _points)
            scope.Message(2, message =>
            {
                message.Text(1, metric.Name);
                message.Text(2, metric.Help);
                message.Text(3, Unit(metric.Name));
                if (metric.Kind != MetricKind.Gauge)
                    points.Whole(2, Cumulative);
                if (metric.Kind == MetricKind.Counter)
                    points.Whole(3, 1);
                message.Bytes(metric.Kind switch { MetricKind.Gauge => 5, MetricKind.Counter => 7, _ => 9 }, points.Octets.Span);
            });
    }

    /// <summary><c>NumberDataPoint { fixed64 start_time_unix_nano = 2, time_unix_nano = 3; double as_double = 4; attributes = 7; }</c>.</summary>
    void IMetricSink.Show(Metric metric, double value, params string[] labels) => Points(metric).Message(1, point =>
    {
        WriteTimes(point, metric);
        point.Fixed(4, value);
        WriteLabels(new Attributes(point, 7), metric, labels);
    });

    /// <summary>
    /// <c>HistogramDataPoint { fixed64 start_time_unix_nano = 2, time_unix_nano = 3, count = 4; double sum = 5; repeated fixed64 bucket_counts = 6;
    /// repeated double explicit_bounds = 7; attributes = 9; }</c>.
    /// </summary>
    void IMetricSink.Show(Metric metric, SetupTimes times, params string[] labels) => Points(metric).Message(1, point =>
    {
        WriteTimes(point, metric);
        point.Fixed(4, (ulong)times.Counts.Sum());
        point.Fixed(5, Enumerable.Range(0, times.Counts.Count).Sum(index => times.Sum(index).TotalSeconds));
        point.Packed(6, [.. times.Counts.Select(count => (ulong)count)]);
        point.Packed(7, [.. SetupTimes.Bounds.Select(BitConverter.DoubleToUInt64Bits)]);
        WriteLabels(new Attributes(point, 9), metric, labels);
    });

    private ProtobufWriter Points(Metric metric) => _points.TryGetValue(metric, out var points) ? points : _points[metric] = new ProtobufWriter();

    private void WriteTimes(ProtobufWriter point, Metric metric)
    {
        if (metric.Kind != MetricKind.Gauge)
            point.Fixed(2, UnixTime.Nanoseconds(started));
        point.Fixed(3, UnixTime.Nanoseconds(now));
    }

    private static void WriteLabels(Attributes attributes, Metric metric, string[] labels)
    {
        foreach (var (name, value) in metric.Labels.Zip(labels))
            attributes.Add(name, value);
    }

    /// <summary>In UCUM, as OpenTelemetry has them.</summary>
    private static string Unit(string name) => name switch
    {
        _ when name.EndsWith("_seconds", StringComparison.Ordinal) => "s",
        _ when name.EndsWith("_bytes_total", StringComparison.Ordinal) => "By",
        _ => "",
    };
}
