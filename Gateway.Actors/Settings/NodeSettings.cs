namespace Gateway.Actors.Settings;

/// <summary>This process among the others.</summary>
public sealed record NodeSettings
{
    /// <summary>What logs and other nodes call it.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>What it may be used for by the chains of other nodes.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Event loops, each with a thread and listening sockets of its own; null means one per processor.</summary>
    public int? Loops { get; init; }

    /// <summary>The Unix socket where a successor takes this gateway over: a path, or a name in the abstract namespace behind <c>@</c>; null when nobody may.</summary>
    public string? Handover { get; init; } = Auto;

    /// <summary>A name of the user and the first listener; none when that takes a free port.</summary>
    public const string Auto = "auto";
}
