namespace Gateway.Actors.Settings.Reading;

/// <summary>What the gateway itself has to know of the user's <c>akka</c> settings.</summary>
internal sealed record AkkaSection
{
    /// <summary>All of it, as HOCON that both of Akka's parsers read alike.</summary>
    public required Secret Hocon { get; init; }

    public IReadOnlyList<string> SeedNodes { get; init; } = [];

    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Where remoting listens, when the user said so.</summary>
    public string? Hostname { get; init; }

    public string? PublicHostname { get; init; }

    /// <summary>The user wants other nodes.</summary>
    public bool IsCluster => SeedNodes.Count > 0;
}
