namespace Gateway.Node.Status.Json;

/// <summary>What became of an action at one gateway.</summary>
/// <param name="Error">Why it was not done.</param>
/// <param name="Done">In words, what was.</param>
public sealed record ActionJson(string Node, string? Error, string? Done) : INodeAnswer;
