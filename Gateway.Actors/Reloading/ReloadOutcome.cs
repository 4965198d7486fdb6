using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Reloading;

/// <summary>What came of reading the settings again.</summary>
public sealed record ReloadOutcome
{
    /// <summary>The new settings are in force, except for what <see cref="SettingsChange.NeedsRestart"/>. When false, nothing has changed.</summary>
    public required bool IsDone { get; init; }

    /// <summary>Why it was refused, or what the settings were accepted in spite of; with file and line where a file is to blame.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What differs from the settings that were in force, in the order of the keys; no secret is in it.</summary>
    public IReadOnlyList<SettingsChange> Changes { get; init; } = [];

    /// <summary>Listeners that accept since, with true ports.</summary>
    public IReadOnlyList<LiteralEndpoint> Opened { get; init; } = [];

    /// <summary>Listeners that accept no more. The sessions that came through them live on.</summary>
    public IReadOnlyList<LiteralEndpoint> Closed { get; init; } = [];

    /// <summary>In one line.</summary>
    public override string ToString()
    {
        if (!IsDone)
            return $"nothing was changed: {string.Join("; ", Problems)}";
        var waiting = Changes.Count(change => change.NeedsRestart);
        var inForce = Changes.Count - waiting;
        return Changes.Count == 0 ? "the settings are as they were"
            : $"{inForce} change{(inForce == 1 ? "" : "s")} in force for new sessions" + (waiting > 0 ? $", {waiting} waiting for a restart" : "");
    }
}
