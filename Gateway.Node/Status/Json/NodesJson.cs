namespace Gateway.Node.Status.Json;

/// <summary>The answers of all gateways that were asked, by name.</summary>
public sealed record NodesJson<T>(IReadOnlyList<T> Nodes);
