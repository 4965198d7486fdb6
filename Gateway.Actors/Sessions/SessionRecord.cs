using Gateway.Actors.Routing;
using Gateway.Actors.Status;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>What is told of a session when it closes.</summary>
public sealed record SessionRecord
{
    /// <summary>Unique in this process.</summary>
    public required long Id { get; init; }

    /// <summary>When the client was accepted.</summary>
    public required DateTimeOffset Started { get; init; }

    public required LiteralEndpoint Client { get; init; }

    /// <summary>The listener it came through.</summary>
    public required LiteralEndpoint Listener { get; init; }

    /// <summary>The same at every gateway that the session passes: the entry makes it.</summary>
    public required TraceId TraceId { get; init; }

    /// <summary>The node that hands the session on to this one as a leg of a chain; null for a client of this gateway's own.</summary>
    public string? Member { get; init; }

    /// <summary>The client at the entry, as <see cref="Member"/> vouches for it. Then <see cref="Client"/> is where the leg comes from.</summary>
    public IpLiteral? Origin { get; init; }

    /// <summary>Gateways that might still follow this one: what the member said, or <c>max-hops</c> allows.</summary>
    public int HopsLeft { get; init; }

    public string? User { get; init; }

    /// <summary>Null when no request came.</summary>
    public SocksCommand? Command { get; init; }

    /// <summary>The destination in the client's words; null when no request came.</summary>
    public string? Destination { get; init; }

    /// <summary>The route that decided; null when none did.</summary>
    public Route? Route { get; init; }

    /// <summary>The gateways of the chain, in the order of travel; empty when there was none, or it did not come about.</summary>
    public IReadOnlyList<HopRecord> Hops { get; init; } = [];

    /// <summary>The ways of an association whose datagrams a chain carried, in the order of their beginning; then <see cref="Hops"/> is the
    /// last one's. Otherwise empty.</summary>
    public IReadOnlyList<WayRecord> Ways { get; init; } = [];

    /// <summary>When the chain failed, the hops of the way that failed last, up to the one that failed: its time is that until it did.</summary>
    public IReadOnlyList<HopRecord> FailedWay { get; init; } = [];

    /// <summary>The number of the hop that the chain failed at, from 1; null when it did not fail.</summary>
    public int? FailedHop { get; init; }

    /// <summary>What failed there.</summary>
    public ChainPhase? FailedPhase { get; init; }

    /// <summary>The address that the destination was reached at.</summary>
    public LiteralEndpoint? Peer { get; init; }

    /// <summary>The code of the reply; null when none was owed or sent.</summary>
    public ReplyCode? Reply { get; init; }

    /// <summary>What it counts as; null when the client got what it asked for.</summary>
    public SessionFailure? Failure { get; init; }

    /// <summary>From accept to the reply.</summary>
    public TimeSpan? Setup { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Octets from the client to the destination.</summary>
    public long Sent { get; init; }

    /// <summary>Octets from the destination to the client.</summary>
    public long Received { get; init; }

    /// <summary>Datagrams that the gateway itself lost; null when it relayed none.</summary>
    public long? Lost { get; init; }

    /// <summary>Why it closed: the phase and the cause.</summary>
    public required string Reason { get; init; }
}
