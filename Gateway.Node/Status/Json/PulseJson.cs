namespace Gateway.Node.Status.Json;

/// <summary>A sign of life.</summary>
public sealed record PulseJson(string Node, string? Error) : INodeAnswer;
