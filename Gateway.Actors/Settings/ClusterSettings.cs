namespace Gateway.Actors.Settings;

/// <summary>What the members of a cluster share.</summary>
public sealed record ClusterSettings
{
    /// <summary>Members prove themselves to each other with it.</summary>
    public Secret? Secret { get; init; }

    /// <summary>How long an unreachable member is waited for before it is taken out of the cluster.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary><c>akka.cluster.seed-nodes</c>; empty for a gateway on its own.</summary>
    public IReadOnlyList<string> SeedNodes { get; init; } = [];

    /// <summary>This gateway has fellow members, and takes their legs.</summary>
    public bool IsJoined { get; init; }

    /// <summary>What is in force between the nodes.</summary>
    public ClusterProtection Protection { get; init; }

    /// <summary>The first seed node's address, without brackets, when nothing of the cluster lies beyond this machine; else null.</summary>
    public string? Loopback { get; init; }

    /// <summary><c>akka.cluster.roles</c>, which count as roles of the node.</summary>
    public IReadOnlyList<string> AkkaRoles { get; init; } = [];
}
