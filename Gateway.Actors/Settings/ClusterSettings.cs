namespace Gateway.Actors.Settings;

/// <summary>What the members of a cluster share.</summary>
public sealed record ClusterSettings
{
    /// <summary>Members prove themselves to each other with it.</summary>
    public Secret? Secret { get; init; }

    /// <summary>Other nodes are to be found: <c>akka.cluster.seed-nodes</c> names some.</summary>
    public bool IsJoined { get; init; }
}
