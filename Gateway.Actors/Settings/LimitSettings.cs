namespace Gateway.Actors.Settings;

/// <summary>How much one gateway holds. A client is an IPv4 address or an IPv6 /64.</summary>
public sealed record LimitSettings
{
    public int Sessions { get; init; } = 100_000;

    public int SessionsPerClient { get; init; } = 5_000;

    /// <summary>Connections whose request is not there yet.</summary>
    public int Handshakes { get; init; } = 2_000;

    /// <summary>UDP associations.</summary>
    public int AssociationsPerClient { get; init; } = 200;

    public int AddressIdsPerClient { get; init; } = 1_000;
}
