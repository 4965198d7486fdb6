using System.Buffers;
using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>Which sessions are wanted; what is null does not matter. A value, asked where the sessions are.</summary>
public sealed record SessionFilter
{
    private static readonly SearchValues<char> s_addressCharacters = SearchValues.Create("0123456789abcdefABCDEF.:[]");

    /// <summary>Those that the client's address begins with, as seen here or by the member that vouches for it: <c>192.0.2.</c> or <c>2001:db8:</c>.</summary>
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

    internal bool Matches(ISessionFacts session) =>
        (Phase is null || session.Phase == Phase)
        && (IsAssociation is null || session.IsAssociation == IsAssociation)
        && (User is null || session.User == User)
        && (Via is null || session.Via == Via || session.Ways.Any(way => way.Via == Via))
        && (Hop is null || session.Member == Hop || Passes(session, Hop, isWhole: true))
        && (Trace is null || session.Trace?.ToString() == Trace)
        && (Client is null || BeginsWith(session.Client.Canonical, Client) || BeginsWith(session.Origin, Client))
        && (Destination is null || Holds(session.Destination, Destination) || Holds(session.Peer, Destination))
        && (Text is null || HoldsAnywhere(session, Text));

    private static bool HoldsAnywhere(ISessionFacts session, string part) =>
        Holds(session.Destination, part) || Holds(session.User, part) || Holds(session.Member, part) || Holds(session.Via, part)
        || Holds(session.Client, part) || Holds(session.Peer, part) || Holds(session.Origin, part)
        || Passes(session, part, isWhole: false) || session.Ways.Any(way => Holds(way.Via, part));

    /// <summary>Through a gateway of that name, or with that in its name.</summary>
    private static bool Passes(ISessionFacts session, string name, bool isWhole)
    {
        var found = IsAmong(session.Hops, name, isWhole);
        foreach (var way in session.Ways)
            found = found || IsAmong(way.Hops, name, isWhole);
        return found;
    }

    private static bool IsAmong(IReadOnlyList<HopRecord> hops, string name, bool isWhole)
    {
        for (var place = 0; place < hops.Count; place++)
            if (isWhole ? hops[place].Name == name : Holds(hops[place].Name, name))
                return true;
        return false;
    }

    private static bool BeginsWith(object? address, string part) =>
        address is not null && address.ToString()!.TrimStart('[').StartsWith(part.TrimStart('['), StringComparison.OrdinalIgnoreCase);

    /// <summary>Of thousands of sessions an address is only written out where the text could be part of one.</summary>
    private static bool Holds(LiteralEndpoint? endpoint, string part) => endpoint is { } known && MayBeAddress(part) && Holds(known.Canonical.ToString(), part);

    private static bool Holds(IpLiteral? address, string part) => address is { } known && MayBeAddress(part) && Holds(known.ToString(), part);

    private static bool MayBeAddress(string part) => !part.AsSpan().ContainsAnyExcept(s_addressCharacters);

    private static bool Holds(string? text, string part) => text is not null && text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
