namespace Gateway.Node.Status.Json;

/// <summary>A login to the operator's pages.</summary>
public sealed record LoginJson(string Token);
