namespace Gateway.Node.Status.Json;

/// <summary>A route, in the words of the settings.</summary>
public sealed record RouteJson(int Number, string Text, string Via, bool Transit);
