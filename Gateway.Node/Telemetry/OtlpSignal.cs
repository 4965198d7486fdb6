namespace Gateway.Node.Telemetry;

/// <summary>What is sent.</summary>
/// <param name="Name">For the log.</param>
/// <param name="Path">Behind the endpoint, over HTTP.</param>
/// <param name="Method">The gRPC service and its method.</param>
internal sealed record OtlpSignal(string Name, string Path, string Method)
{
    public static OtlpSignal Traces { get; } = new("traces", "v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService/Export");

    public static OtlpSignal Metrics { get; } = new("metrics", "v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
}
