namespace Gateway.Node.Status.Json;

/// <summary>What became of taking a server out of one gateway's chains, or of putting it back.</summary>
/// <param name="Error">Why it was not done.</param>
/// <param name="Done">In words, what was.</param>
/// <param name="Known">Where the name is of no server: the names of those there are.</param>
public sealed record EjectionJson(string Node, string? Error, string? Done, IReadOnlyList<string>? Known) : INodeAnswer;
