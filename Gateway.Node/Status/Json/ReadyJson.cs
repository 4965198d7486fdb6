namespace Gateway.Node.Status.Json;

/// <summary>Whether the gateway can serve.</summary>
/// <param name="Reasons">Why not; only for those who prove who they are.</param>
public sealed record ReadyJson(bool Ready, IReadOnlyList<string>? Reasons);
