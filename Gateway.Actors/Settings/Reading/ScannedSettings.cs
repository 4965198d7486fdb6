namespace Gateway.Actors.Settings.Reading;

/// <summary>What <see cref="HoconScanner"/> found: one text without includes, and where each key of it stands.</summary>
internal sealed class ScannedSettings(
    FlatText flat,
    IReadOnlyDictionary<string, SourcePosition> keys,
    IReadOnlyDictionary<string, List<SourcePosition>> definitions,
    IReadOnlyList<SettingsProblem> problems)
{
    public string Text { get; } = flat.ToString();

    /// <summary>Files that cannot be read, and text that is not HOCON. With one of them there is nothing to parse.</summary>
    public IReadOnlyList<SettingsProblem> Problems => problems;

    /// <summary>Where the key stands, or the nearest key around it when its value came by substitution. The last one wins, as its value does.</summary>
    public SourcePosition? Find(string path)
    {
        for (var key = path; key.Length > 0; key = KeyPath.Parent(key))
            if (keys.TryGetValue(key, out var place))
                return place;
        return null;
    }

    /// <summary>Whether this very key is written somewhere, or reached through.</summary>
    public bool Has(string path) => keys.ContainsKey(path);

    /// <summary>Every place that gives this very key a value, in reading order; not those that only reach through it (<c>a</c> in <c>a.b = 1</c>).</summary>
    public IReadOnlyList<SourcePosition> Definitions(string path) => definitions.TryGetValue(path, out var places) ? places : [];

    /// <summary>Where line <paramref name="line"/> of <see cref="Text"/> came from.</summary>
    public SourcePosition? Origin(int line) => flat.Origin(line);
}
