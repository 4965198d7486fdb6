namespace Gateway.Actors.Settings;

/// <summary>What the members of a cluster share.</summary>
public sealed record ClusterSettings
{
    /// <summary>Members prove themselves to each other with it.</summary>
    public Secret? Secret { get; init; }
}
