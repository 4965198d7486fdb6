using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>
/// What sessions are chosen and counted by. A live session tells it of itself, without a <see cref="SessionView"/> made for each of
/// thousands that nobody gets to see.
/// </summary>
internal interface ISessionFacts
{
    /// <inheritdoc cref="SessionView.Phase"/>
    SessionPhase Phase { get; }

    /// <inheritdoc cref="SessionView.Client"/>
    LiteralEndpoint Client { get; }

    /// <inheritdoc cref="SessionView.Member"/>
    string? Member { get; }

    /// <inheritdoc cref="SessionView.Origin"/>
    IpLiteral? Origin { get; }

    /// <inheritdoc cref="SessionView.Trace"/>
    TraceId? Trace { get; }

    /// <inheritdoc cref="SessionView.User"/>
    string? User { get; }

    /// <inheritdoc cref="SessionView.Destination"/>
    string? Destination { get; }

    /// <inheritdoc cref="SessionView.Via"/>
    string? Via { get; }

    /// <inheritdoc cref="SessionView.Hops"/>
    IReadOnlyList<HopRecord> Hops { get; }

    /// <inheritdoc cref="SessionView.Ways"/>
    IReadOnlyList<WayRecord> Ways { get; }

    /// <inheritdoc cref="SessionView.Peer"/>
    LiteralEndpoint? Peer { get; }

    /// <inheritdoc cref="SessionView.Sent"/>
    long Sent { get; }

    /// <inheritdoc cref="SessionView.Received"/>
    long Received { get; }

    /// <summary>It relays datagrams.</summary>
    bool IsAssociation { get; }
}
