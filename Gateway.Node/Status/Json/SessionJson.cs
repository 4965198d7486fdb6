using Gateway.Actors.Status;
using Gateway.Node.Logging;

namespace Gateway.Node.Status.Json;

/// <summary>A live session. Times in milliseconds, sizes in octets; what does not apply is absent.</summary>
public sealed record SessionJson
{
    public required long Id { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required string State { get; init; }

    public required string Client { get; init; }

    public required string Listener { get; init; }

    /// <summary>The fellow member it came through.</summary>
    public string? Member { get; init; }

    /// <summary>The client as that member vouches for it.</summary>
    public string? Origin { get; init; }

    public string? Trace { get; init; }

    public string? User { get; init; }

    public string? Command { get; init; }

    public string? Destination { get; init; }

    public int? Route { get; init; }

    public string? Via { get; init; }

    public IReadOnlyList<HopJson>? Hops { get; init; }

    /// <summary>All ways of an association whose datagrams a chain carries; <see cref="Hops"/> is the one that was set up last.</summary>
    public IReadOnlyList<WayJson>? Ways { get; init; }

    public string? Peer { get; init; }

    public double? SetupMs { get; init; }

    public long Sent { get; init; }

    public long Received { get; init; }

    public AssociationJson? Association { get; init; }

    internal static SessionJson Of(SessionView view) => new()
    {
        Id = view.Id,
        Started = view.Started,
        State = Names.Of(view.Phase),
        Client = view.Client.Canonical.ToString(),
        Listener = view.Listener.Canonical.ToString(),
        Member = view.Member,
        Origin = view.Origin?.ToString(),
        Trace = view.Trace?.ToString(),
        User = view.User,
        Command = view.Command is { } command ? SessionFields.CommandName(command) : null,
        Destination = view.Destination,
        Route = view.Route,
        Via = view.Via,
        Hops = view.Hops.Count == 0 ? null : [.. view.Hops.Select(HopJson.Of)],
        Ways = view.Ways.Count == 0 ? null : [.. view.Ways.Select(WayJson.Of)],
        Peer = view.Peer?.Canonical.ToString(),
        SetupMs = view.Setup?.TotalMilliseconds,
        Sent = view.Sent,
        Received = view.Received,
        Association = view.Association is { } association ? AssociationJson.Of(association) : null,
    };
}
