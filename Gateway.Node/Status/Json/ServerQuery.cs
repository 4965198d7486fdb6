namespace Gateway.Node.Status.Json;

/// <summary>The server to take out of the chains, or to put back into them.</summary>
/// <param name="Server">A member's name, or one of the settings' <c>gateways</c>.</param>
public sealed record ServerQuery(string Server);
