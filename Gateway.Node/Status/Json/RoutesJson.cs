namespace Gateway.Node.Status.Json;

/// <summary>The routes of one gateway; the first that matches decides.</summary>
public sealed record RoutesJson(string Node, string? Error, IReadOnlyList<RouteJson> Routes) : INodeAnswer;
