namespace Gateway.Transport;

/// <summary>Settings of a <see cref="Relay"/>; one value serves many relays.</summary>
public sealed record RelayOptions
{
    /// <summary>No idle limit.</summary>
    public static RelayOptions Default { get; } = new();

    /// <summary>Ends a relay in which nothing moved for this long, in either direction; null: never.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}
