namespace Gateway.Node.Status.Json;

/// <summary>A question without terms.</summary>
public sealed record NothingJson
{
    public static NothingJson Instance { get; } = new();
}
