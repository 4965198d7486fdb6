namespace Gateway.Actors.Settings;

/// <summary>The two ways that OTLP travels.</summary>
public enum TelemetryProtocol
{
    /// <summary>gRPC over HTTP/2.</summary>
    Grpc,
    /// <summary>Protobuf messages in HTTP/1.1 requests.</summary>
    Http,
}

/// <summary>Traces and metrics for an OpenTelemetry collector, by OTLP.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Where it listens, without the paths that OTLP adds; null when nothing is sent.</summary>
    public Uri? Endpoint { get; init; }

    public TelemetryProtocol Protocol { get; init; } = TelemetryProtocol.Grpc;

    /// <summary>Sent with each request; they may hold a key to the collector.</summary>
    public IReadOnlyList<(string Name, Secret Value)> Headers { get; init; } = [];

    /// <summary>The share of sessions that are traced, from 0 to 1.</summary>
    public double Sampling { get; init; } = 1;

    /// <summary>Whether traces tell the client's address and the name that it logged in with.</summary>
    public bool Clients { get; init; } = true;

    /// <summary>How often metrics are sent; null for never.</summary>
    public TimeSpan? Metrics { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What traces and metrics say of the gateway that they come from, beside its name and version.</summary>
    public IReadOnlyList<(string Name, string Value)> Resource { get; init; } = [];
}
