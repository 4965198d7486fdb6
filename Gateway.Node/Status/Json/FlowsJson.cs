namespace Gateway.Node.Status.Json;

/// <summary>Octets and live sessions by leg, as far as one gateway counts them.</summary>
public sealed record FlowsJson(string Node, string? Error, IReadOnlyList<FlowJson> Flows) : INodeAnswer;
