using System.Globalization;
using Gateway.Actors.Status;

namespace Gateway.Node.Status.Json;

/// <summary>Which sessions are asked for; what is absent does not matter.</summary>
public sealed record SessionQuery
{
    private const int MostSessions = 200;

    /// <summary>The beginning of the client's address: <c>192.0.2.</c></summary>
    public string? Client { get; init; }

    public string? User { get; init; }

    /// <summary>Part of the destination or of the address it was reached at.</summary>
    public string? Destination { get; init; }

    /// <summary>A chain, <c>direct</c> or <c>reject</c>.</summary>
    public string? Via { get; init; }

    /// <summary>A gateway that it passes.</summary>
    public string? Hop { get; init; }

    /// <summary>Its name at every gateway.</summary>
    public string? Trace { get; init; }

    /// <summary><c>handshake</c>, <c>connecting</c>, <c>awaiting-peer</c>, <c>relaying</c>, <c>associated</c>, <c>answered</c> or <c>closing</c>.</summary>
    public string? State { get; init; }

    /// <summary>Part of any of it.</summary>
    public string? Text { get; init; }

    /// <summary><c>next</c> of the page before.</summary>
    public long? After { get; init; }

    /// <summary>At most so many of each gateway, and 200 at most.</summary>
    public int? Limit { get; init; }

    /// <summary>Those that relay datagrams alone.</summary>
    public bool? Associations { get; init; }

    internal int Page => Math.Clamp(Limit ?? 100, 1, MostSessions);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Problem => State is null || Names.Phases.ContainsKey(State)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"\"{State}\" is no state; there are {string.Join(", ", Names.Phases.Keys)}");

    internal SessionFilter Filter => new()
    {
        Client = Client,
        User = User,
        Destination = Destination,
        Via = Via,
        Hop = Hop,
        Trace = Trace,
        Phase = State is null ? null : Names.Phases[State],
        Text = Text,
        IsAssociation = Associations is true ? true : null,
    };
}
