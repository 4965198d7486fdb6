namespace Gateway.Node.Status.Json;

/// <summary>The session to close.</summary>
public sealed record CloseQuery(long Id);
