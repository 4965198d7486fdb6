namespace Gateway.Actors.Settings;

/// <summary>How long the gateway waits for what; null is for ever.</summary>
public sealed record TimeoutSettings
{
    /// <summary>From accept to the whole request.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Each attempt at one address of a destination.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan? TcpIdle { get; init; }

    public TimeSpan? UdpIdle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For the peer of a BIND to come.</summary>
    public TimeSpan Bind { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>For live sessions to end before the process does.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}
