using Gateway.Actors.Settings.Reading;

namespace Gateway.Actors.Settings;

/// <summary>What came of reading the settings files.</summary>
/// <param name="Settings">To be used only when <see cref="IsUsable"/>; what was wrong has its default.</param>
/// <param name="Problems">All of them, in the order of the text.</param>
/// <param name="Keys">Every key that exists, with <c>*</c> for a name and <c>[]</c> for an item.</param>
/// <param name="Tree">What the files say, to be compared with what they say later.</param>
public sealed record LoadedSettings(GatewaySettings Settings, IReadOnlyList<SettingsProblem> Problems, IReadOnlyCollection<string> Keys, SettingsTree Tree)
{
    /// <summary>There are no errors; there may be warnings.</summary>
    public bool IsUsable => Problems.All(problem => problem.Severity != Severity.Error);
}
