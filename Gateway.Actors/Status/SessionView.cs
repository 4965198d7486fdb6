using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>A live session at one moment.</summary>
public sealed record SessionView : ISessionFacts
{
    /// <summary>Unique in its gateway's process.</summary>
    public required long Id { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required SessionPhase Phase { get; init; }

    public required LiteralEndpoint Client { get; init; }

    /// <summary>The listener it came through.</summary>
    public required LiteralEndpoint Listener { get; init; }

    /// <summary>The fellow member that it came through; null for a client of this gateway's own.</summary>
    public string? Member { get; init; }

    /// <summary>The client, as that member vouches for it.</summary>
    public IpLiteral? Origin { get; init; }

    /// <summary>Its name at every gateway that it passes; null when it passes this one alone.</summary>
    public TraceId? Trace { get; init; }

    public string? User { get; init; }

    /// <summary>Null before the request is there.</summary>
    public SocksCommand? Command { get; init; }

    /// <summary>In the client's words; null before the request is there.</summary>
    public string? Destination { get; init; }

    /// <summary>The number of the route that decided; null when none has.</summary>
    public int? Route { get; init; }

    /// <summary><c>direct</c>, <c>reject</c> or the chain's name.</summary>
    public string? Via { get; init; }

    /// <summary>The gateways of its chain, in the order of travel; empty without one.</summary>
    public IReadOnlyList<HopRecord> Hops { get; init; } = [];

    /// <summary>The ways of an association whose datagrams a chain carries; otherwise empty.</summary>
    public IReadOnlyList<WayRecord> Ways { get; init; } = [];

    /// <summary>The address that the destination was reached at.</summary>
    public LiteralEndpoint? Peer { get; init; }

    /// <summary>From accept to the reply.</summary>
    public TimeSpan? Setup { get; init; }

    /// <summary>Octets from the client to the destination so far.</summary>
    public long Sent { get; init; }

    /// <summary>Octets from the destination to the client so far.</summary>
    public long Received { get; init; }

    /// <summary>When it relays datagrams.</summary>
    public AssociationView? Association { get; init; }

    bool ISessionFacts.IsAssociation => Association is not null;
}
