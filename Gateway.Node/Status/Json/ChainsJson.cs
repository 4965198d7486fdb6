namespace Gateway.Node.Status.Json;

/// <summary>The chains that one gateway's settings declare, and how they stand there.</summary>
public sealed record ChainsJson(string Node, string? Error, IReadOnlyList<ChainJson> Chains) : INodeAnswer;
