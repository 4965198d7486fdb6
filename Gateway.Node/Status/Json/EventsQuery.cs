namespace Gateway.Node.Status.Json;

/// <summary>Events behind the one with that number.</summary>
public sealed record EventsQuery(long After);
