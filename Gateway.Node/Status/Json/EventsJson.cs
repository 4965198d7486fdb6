namespace Gateway.Node.Status.Json;

/// <summary>Events of one gateway that are kept, oldest first.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Error">Why it did not answer.</param>
/// <param name="Events">They.</param>
/// <param name="Started">When the gateway's process did, which numbers them from 1.</param>
public sealed record EventsJson(string Node, string? Error, IReadOnlyList<EventJson> Events, DateTimeOffset? Started = null) : INodeAnswer
{
    /// <summary>The half that whoever asks so wants rather: the latest, or what comes next, because a follower asks for the rest himself.</summary>
    internal EventsJson Shorter(EventsQuery query) =>
        this with { Events = [.. query.IsFollowing ? Events.Take(Events.Count / 2) : Events.Skip((Events.Count + 1) / 2)] };
}
