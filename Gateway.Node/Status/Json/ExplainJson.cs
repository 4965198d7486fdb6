namespace Gateway.Node.Status.Json;

/// <summary>What a gateway would do with a request, and why.</summary>
/// <param name="Allowed">Whether it would serve it.</param>
/// <param name="Via"><c>direct</c> or a chain; absent for a refusal.</param>
/// <param name="Why">The rule that decides, in words.</param>
/// <param name="Reply">The code that the client would get at once; absent when it is served.</param>
/// <param name="Details">What follows from it, line by line.</param>
/// <param name="Chain">How the chain stands.</param>
public sealed record ExplainJson(string Node, string? Error, string Destination, bool Allowed, string? Via, int? Route, string Why, int? Reply, IReadOnlyList<string> Details, ChainJson? Chain)
    : INodeAnswer;
