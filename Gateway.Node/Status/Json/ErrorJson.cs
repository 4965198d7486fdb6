namespace Gateway.Node.Status.Json;

/// <summary>Why a request was refused.</summary>
public sealed record ErrorJson(string Error);
