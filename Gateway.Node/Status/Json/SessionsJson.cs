namespace Gateway.Node.Status.Json;

/// <summary>Sessions of one gateway.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Error">Why it did not answer; then the rest says nothing.</param>
/// <param name="Matched">How many match in all.</param>
/// <param name="Next">What to ask <c>after</c> for the following page; absent on the last one.</param>
/// <param name="Sessions">This page, in the order of the ids.</param>
public sealed record SessionsJson(string Node, string? Error, int Matched, long? Next, IReadOnlyList<SessionJson> Sessions) : INodeAnswer
{
    /// <summary>The first half; the other one is on the page that follows.</summary>
    internal SessionsJson Shorter() => Sessions.Count < 2 ? this with { Sessions = [] } : this with { Sessions = [.. Sessions.Take(Sessions.Count / 2)], Next = Sessions[Sessions.Count / 2 - 1].Id };
}
