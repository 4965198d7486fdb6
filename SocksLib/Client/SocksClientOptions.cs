namespace SocksLib;

/// <summary>What a <see cref="SocksClient"/> goes through, and how long it waits.</summary>
public sealed record SocksClientOptions
{
    /// <summary>
    /// The servers on the way, in the order of travel: one is used of each list, the first that can be. One list of gateways is the usual
    /// case (<see cref="Through"/>); several are a chain.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<HopServer>> Hops { get; init; }

    /// <summary>What failures are reported under: <c>chain socks, hop 1 …</c>.</summary>
    public string Name { get; init; } = "socks";

    /// <summary>For everything until the gateway has answered, all attempts included.</summary>
    public TimeSpan SetupTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may be silent before the next of its list is tried beside it; null for never.</summary>
    public TimeSpan? HedgeAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a server that failed is tried after all others; doubles with each further failure.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Datagrams to names carry ADDRESS IDs where the last server knows them (<see cref="HopServer.AddressAssociate"/>), which are shorter
    /// and resolved once.
    /// </summary>
    public bool UseAddressIds { get; init; } = true;

    /// <summary>Names are resolved by Tor's RESOLVE and RESOLVE_PTR where no last server knows ADDRESS ASSOCIATE.</summary>
    public bool TorResolve { get; init; }

    /// <summary>The clock and its timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>One gateway, or several to fail over between, the preferred first.</summary>
    public static SocksClientOptions Through(params IReadOnlyList<HopServer> gateways) => new() { Hops = [gateways] };

    /// <exception cref="ArgumentException">There is no server, or a time is not positive.</exception>
    internal void Validate()
    {
        if (Hops.Count == 0 || Hops.Any(pool => pool.Count == 0)) throw new ArgumentException("every hop needs a server", nameof(Hops));
        foreach (var time in new[] { SetupTimeout, HedgeAfter ?? SetupTimeout, FirstBackoff, LongestBackoff })
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, "options");
    }
}
