namespace Gateway.Node.Status.Json;

/// <summary>A request to explain.</summary>
public sealed record ExplainQuery
{
    /// <summary>HOST:PORT.</summary>
    public required string Destination { get; init; }

    /// <summary>The client's address; 127.0.0.1 when absent.</summary>
    public string? From { get; init; }

    /// <summary>The name that it logged in with.</summary>
    public string? User { get; init; }

    /// <summary><c>connect</c>, <c>bind</c>, <c>udp-associate</c> or <c>address-associate</c>.</summary>
    public string? Command { get; init; }

    /// <summary>The number of the listener, from 0.</summary>
    public int? Listener { get; init; }
}
