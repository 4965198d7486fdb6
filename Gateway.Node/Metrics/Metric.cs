namespace Gateway.Node.Metrics;

/// <summary>What the numbers of a metric are.</summary>
internal enum MetricKind
{
    /// <summary>A state, which goes up and down.</summary>
    Gauge,

    /// <summary>Counts from the start of the process, and only up.</summary>
    Counter,

    /// <summary>Counts by classes of size.</summary>
    Histogram,
}

/// <summary>A metric as it is told to whoever asks, in whichever format.</summary>
/// <param name="Name">In Prometheus' form: <c>socks64_relayed_bytes_total</c>.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Labels">The names of its labels.</param>
internal sealed record Metric(MetricKind Kind, string Name, string Help, params string[] Labels);
