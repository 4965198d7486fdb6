namespace Gateway.Node.Status.Json;

/// <summary>Sessions of one gateway.</summary>
/// <param name="Node">Whose.</param>
/// <param name="Error">Why it did not answer; then the rest says nothing.</param>
/// <param name="Matched">How many match in all.</param>
/// <param name="Next">What to ask <c>after</c> for the following page; absent on the last one.</param>
/// <param name="Sessions">This page, in the order of the ids.</param>
public sealed record SessionsJson(string Node, string? Error, int Matched, long? Next, IReadOnlyList<SessionJson> Sessions) : INodeAnswer;
