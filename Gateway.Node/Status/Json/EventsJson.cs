namespace Gateway.Node.Status.Json;

/// <summary>Events of one gateway that are kept, oldest first.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Error">Why it did not answer.</param>
/// <param name="Events">They.</param>
/// <param name="Started">When the gateway's process did, which numbers them from 1.</param>
public sealed record EventsJson(string Node, string? Error, IReadOnlyList<EventJson> Events, DateTimeOffset? Started = null) : INodeAnswer
{
    /// <summary>Without the older half.</summary>
    internal EventsJson Shorter() => this with { Events = [.. Events.Skip((Events.Count + 1) / 2)] };
}
