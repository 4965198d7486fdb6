using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>Which sessions are wanted; what is null does not matter. A value, asked where the sessions are.</summary>
public sealed record SessionFilter
{
    /// <summary>Those that the client address begins with: <c>192.0.2.</c> or <c>2001:db8:</c>.</summary>
    public string? Client { get; init; }

    public string? User { get; init; }

    /// <summary>Part of the destination as the client named it, or of the address it was reached at.</summary>
    public string? Destination { get; init; }

    /// <summary>The chain's name, <c>direct</c> or <c>reject</c>.</summary>
    public string? Via { get; init; }

    public SessionPhase? Phase { get; init; }

    /// <summary>With their association alone, or without.</summary>
    public bool? IsAssociation { get; init; }

    /// <summary>Through a gateway of that name: a hop of the chain, or the member it came from.</summary>
    public string? Hop { get; init; }

    /// <summary>The 32 hexadecimal digits that name the session on its whole way.</summary>
    public string? Trace { get; init; }

    /// <summary>Part of any of it.</summary>
    public string? Text { get; init; }

    public bool Matches(SessionView session) =>
        (Phase is null || session.Phase == Phase)
        && (IsAssociation is null || session.Association is not null == IsAssociation)
        && (User is null || session.User == User)
        && (Via is null || session.Via == Via || session.Ways.Any(way => way.Via == Via))
        && (Hop is null || session.Member == Hop || HopsOf(session).Any(hop => hop.Name == Hop))
        && (Trace is null || session.Trace?.ToString() == Trace)
        && (Client is null || session.Client.Canonical.ToString().TrimStart('[').StartsWith(Client.TrimStart('['), StringComparison.OrdinalIgnoreCase))
        && (Destination is null || Holds(session.Destination, Destination) || Holds(session.Peer, Destination))
        && (Text is null || Holds(session.Client, Text) || Holds(session.User, Text) || Holds(session.Destination, Text)
            || Holds(session.Member, Text) || HopsOf(session).Any(hop => Holds(hop.Name, Text)) || Holds(session.Via, Text) || session.Ways.Any(way => Holds(way.Via, Text)) || Holds(session.Peer, Text));

    private static IEnumerable<HopRecord> HopsOf(SessionView session) => session.Hops.Concat(session.Ways.SelectMany(way => way.Hops));

    private static bool Holds(LiteralEndpoint? endpoint, string part) => endpoint is { } known && Holds(known.Canonical.ToString(), part);

    private static bool Holds(string? text, string part) => text is not null && text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
