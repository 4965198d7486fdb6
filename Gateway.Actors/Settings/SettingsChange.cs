using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings;

/// <summary>One thing that two readings of the settings say differently.</summary>
/// <param name="Key">From the root: <c>socks64.chains.lab.hops[0].pick</c>. An item that is gone has the number it had.</param>
/// <param name="Before">As HOCON in one line, secrets as <c>***</c>; null when the key is new.</param>
/// <param name="After">Likewise; null when the key is gone.</param>
/// <param name="Where">Where the new text stands; null when the key is gone.</param>
public sealed record SettingsChange(string Key, string? Before, string? After, SourcePosition? Where)
{
    /// <summary>The running gateway keeps to <see cref="Before"/>.</summary>
    public bool NeedsRestart { get; init; }

    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"added {Key} = {After}",
        (_, null) => $"removed {Key} = {Before}",
        _ => $"changed {Key} = {Before} to {After}",
    } + (NeedsRestart ? ": needs a restart" : "");
}
