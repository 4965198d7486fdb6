namespace Gateway.Transport;

/// <summary>Limits of a <see cref="Resolver"/>.</summary>
public sealed record ResolverOptions
{
    /// <summary>Threads that wait for name servers, at most.</summary>
    public int Threads { get; init; } = 64;

    /// <summary>Those of them that one client may keep waiting.</summary>
    public int ThreadsPerClient { get; init; } = 16;

    /// <summary>Lookups that may wait for a thread; beyond it the answer is <see cref="ResolveStatus.Overloaded"/>.</summary>
    public int Queue { get; init; } = 8192;

    /// <summary>Those of them that may be one client's.</summary>
    public int QueuePerClient { get; init; } = 1024;

    /// <summary>Answers that are remembered, at most; the oldest go first.</summary>
    public int CacheEntries { get; init; } = 8192;

    /// <summary>How long an answer is believed.</summary>
    public TimeSpan PositiveLifetime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after its lifetime an answer still serves while the name servers do not answer (RFC 8767).</summary>
    public TimeSpan StaleLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long the absence of an answer is believed, and how long an old answer serves before the name servers are asked again. Temporary
    /// failures are not remembered.
    /// </summary>
    public TimeSpan NegativeLifetime { get; init; } = TimeSpan.FromSeconds(5);
}
