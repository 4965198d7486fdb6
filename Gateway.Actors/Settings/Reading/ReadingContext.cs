namespace Gateway.Actors.Settings.Reading;

/// <summary>What one reading of the settings gathers: the problems, and which keys the code asked for.</summary>
internal sealed class ReadingContext(ScannedSettings source)
{
    private readonly List<SettingsProblem> _problems = [.. source.Problems];
    private readonly List<SettingsSection> _sections = [];
    private readonly HashSet<string> _hidden = [];
    private readonly SortedSet<string> _asked = new(StringComparer.Ordinal);

    public ScannedSettings Source => source;

    /// <summary>In the order of the text; what no text holds comes first.</summary>
    public IEnumerable<SettingsProblem> Problems =>
        _problems.Distinct().OrderBy(p => p.Where?.File, StringComparer.Ordinal).ThenBy(p => p.Where?.Line ?? 0).ThenBy(p => p.Where?.Column ?? 0);

    /// <summary>Every key that exists, with <c>*</c> for a name and <c>[]</c> for an item: <c>socks64.chains.*.hops[].pick</c>.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Keys whose values must never be shown.</summary>
    public IReadOnlySet<string> Hidden => _hidden;

    public void Open(SettingsSection section) => _sections.Add(section);

    public void Ask(string pattern) => _asked.Add(pattern);

    public void Hide(string path) => _hidden.Add(path);

    public void Report(string path, string message, Severity severity = Severity.Error) =>
        _problems.Add(new(source.Find(path), path, message, severity));

    /// <summary>For what the parser says, which knows a place and no key.</summary>
    public void Report(SourcePosition? where, string message) => _problems.Add(new(where, "", message, Severity.Error));

    /// <summary>HOCON would merge two objects of one name; in one file that is a slip.</summary>
    public void ReportIfTwice(string path)
    {
        var places = source.Definitions(path);
        if (places.Count > 1 && places[^1].File == places[^2].File)
            Report(path, $"the name is taken already, at {places[^2]}");
    }

    /// <summary>To be called when everything has been read: reports the keys that nobody asked for.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var section in _sections)
            section.ReportUnknownKeys();
    }
}
