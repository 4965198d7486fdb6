namespace Gateway.Transport;

/// <summary>How outgoing connections are made. The times are those of RFC 8305 §8.</summary>
public sealed record DialerOptions
{
    /// <summary>How long one address may take to answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the A answer waits for the AAAA answer.</summary>
    public TimeSpan ResolutionDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an address is tried alone before the next one joins the race.</summary>
    public TimeSpan AttemptDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Source addresses of outgoing sockets.</summary>
    public Egress Egress { get; init; } = Egress.Any;
}
