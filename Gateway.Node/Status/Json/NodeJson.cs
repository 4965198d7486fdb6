namespace Gateway.Node.Status.Json;

/// <summary>One gateway.</summary>
public sealed record NodeJson(string Node, string? Error) : INodeAnswer
{
    public string? Version { get; init; }

    public DateTimeOffset? Started { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<string> Listeners { get; init; } = [];

    public bool Draining { get; init; }

    public bool Ready { get; init; }

    /// <summary>Why it is not ready.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Members and other gateways that the operator has taken out of its chains.</summary>
    public IReadOnlyList<string> EjectedServers { get; init; } = [];

    /// <summary>Live sessions by state.</summary>
    public IReadOnlyDictionary<string, long> Sessions { get; init; } = new Dictionary<string, long>();

    public int AddressIds { get; init; }

    /// <summary>Sessions since the start.</summary>
    public long Accepted { get; init; }

    /// <summary>Failed sessions since the start, by reason.</summary>
    public IReadOnlyDictionary<string, long> Failures { get; init; } = new Dictionary<string, long>();

    /// <summary>Octets towards destinations since the start, TCP and UDP.</summary>
    public long Sent { get; init; }

    /// <summary>Octets towards clients since the start, TCP and UDP.</summary>
    public long Received { get; init; }

    /// <summary>From accept to success, since the start: how many sessions took at most so many milliseconds; the last class has no bound.</summary>
    public IReadOnlyList<SetupClassJson> Setup { get; init; } = [];
}
