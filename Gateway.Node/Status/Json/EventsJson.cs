namespace Gateway.Node.Status.Json;

/// <summary>Events of one gateway that are kept, oldest first.</summary>
public sealed record EventsJson(string Node, string? Error, IReadOnlyList<EventJson> Events) : INodeAnswer;
