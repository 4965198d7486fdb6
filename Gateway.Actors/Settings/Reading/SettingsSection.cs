using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Gateway.Actors.Settings.Reading;

/// <summary>
/// One object of the settings, read key by key. A wrong value is reported and its default goes on, so that one reading finds
/// every problem. The keys asked for are the keys that exist: there is no other list of them.
/// </summary>
internal sealed class SettingsSection
{
    private readonly ReadingContext _context;
    private readonly SettingsNode? _node;
    private readonly string _pattern;
    private readonly HashSet<string> _known = [];

    private readonly bool _isOpen;

    /// <param name="context">Where problems go.</param>
    /// <param name="node">Null when the files do not mention this object: all is default.</param>
    /// <param name="path">From the root.</param>
    /// <param name="pattern">The path with <c>*</c> for names and <c>[]</c> for items.</param>
    /// <param name="isOpen">The user may have keys of their own here; only what looks misspelled is reported.</param>
    public SettingsSection(ReadingContext context, SettingsNode? node, string path, string pattern, bool isOpen = false)
    {
        (_context, Path, _pattern, _isOpen) = (context, path, pattern, isOpen);
        if (node is { Fields: null })
            context.Report(path, "expected an object: { … }");
        else
            _node = node;
        context.Open(this);
    }

    public string Path { get; }

    public string PathOf(string key) => KeyPath.Child(Path, key);

    public bool Has(string key) => Node(key) is not null;

    public void Report(string key, string message, Severity severity = Severity.Error) => _context.Report(PathOf(key), message, severity);

    public void ReportHere(string message, Severity severity = Severity.Error) => _context.Report(Path, message, severity);

    public SettingsSection Section(string key) => new(_context, Node(key), PathOf(key), KeyPath.Child(_pattern, key));

    /// <summary>The objects of a list, one section each; none when the key is absent.</summary>
    public IEnumerable<SettingsSection> Listed(string key)
    {
        var node = Node(key);
        if (node is { Items: null })
            Report(key, "expected a list: [ … ]");
        var items = node?.Items ?? [];
        return [.. items.Select(item => new SettingsSection(_context, item, item.Path, $"{_pattern}.{key}[]"))];
    }

    /// <summary>The objects under names that the user chose.</summary>
    public IEnumerable<(string Name, SettingsSection Section)> Named(string key)
    {
        var node = Node(key);
        if (node is { Fields: null })
            Report(key, "expected an object of named objects: { name { … } }");
        var fields = node?.Fields ?? [];
        return [.. fields.Select(field => (field.Key, new SettingsSection(_context, field.Value, field.Value.Path, $"{_pattern}.{key}.*")))];
    }

    /// <summary>The value as it is, for what has a reader of its own.</summary>
    public SettingsNode? Raw(string key) => Node(key);

    public string? Text(string key)
    {
        var node = Node(key);
        if (node is { Text: null })
            Report(key, "expected one value, not a list or an object");
        return node?.Text;
    }

    /// <summary>A list of texts; a single text is a list of one. Null when the key is absent.</summary>
    public IReadOnlyList<(string Path, string Text)>? Texts(string key)
    {
        var node = Node(key);
        if (node is null)
            return null;
        if (node.Text is { } single)
            return [(node.Path, single)];
        if (node.Items is null || node.Items.Any(item => item.Text is null))
        {
            Report(key, "expected a value or a list of values");
            return null;
        }
        return [.. node.Items.Select(item => (item.Path, item.Text!))];
    }

    public Secret? Secret(string key)
    {
        _context.Hide(PathOf(key));
        return Text(key) is { Length: > 0 } text ? new Secret(text) : null;
    }

    public bool Switch(string key, bool whenAbsent) => Text(key) switch
    {
        null => whenAbsent,
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        var text => Wrong(key, text, "on or off", whenAbsent),
    };

    public int Whole(string key, int whenAbsent, int least = 1, int most = int.MaxValue)
    {
        if (Text(key) is not { } text)
            return whenAbsent;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        if (isNumber && value >= least && value <= most)
            return value;
        return Wrong(key, text, $"a whole number from {least} to {most}", whenAbsent);
    }

    public double Fraction(string key, double whenAbsent)
    {
        if (Text(key) is not { } text)
            return whenAbsent;
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        return isNumber && value is >= 0 and <= 1 ? value : Wrong(key, text, "a number from 0 to 1", whenAbsent);
    }

    public TimeSpan Duration(string key, TimeSpan whenAbsent)
    {
        if (Text(key) is not { } text)
            return whenAbsent;
        return DurationText.TryParse(text, out var value) && value > TimeSpan.Zero ? value : Wrong(key, text, "a duration such as 250ms, 10s or 5m", whenAbsent);
    }

    /// <summary>A duration, or null for <c>off</c>.</summary>
    public TimeSpan? DurationOrOff(string key, TimeSpan? whenAbsent)
    {
        if (Text(key) is not { } text)
            return whenAbsent;
        if (text is "off" or "false" or "no")
            return null;
        return DurationText.TryParse(text, out var value) && value > TimeSpan.Zero ? value : Wrong(key, text, "off, or a duration such as 250ms, 10s or 5m", whenAbsent);
    }

    /// <param name="key">The key.</param>
    /// <param name="whenAbsent">The default.</param>
    /// <param name="allowed">The values that may be chosen here; all of the type when empty.</param>
    public T Choice<T>(string key, T whenAbsent, params ReadOnlySpan<T> allowed) where T : struct, Enum =>
        Text(key) is not { } text ? whenAbsent : TryChoose(PathOf(key), text, allowed, out var value) ? value.Value : whenAbsent;

    /// <summary>Null when the key is absent; wrong ones are reported and left out.</summary>
    public IReadOnlyList<T>? Choices<T>(string key, params ReadOnlySpan<T> allowed) where T : struct, Enum
    {
        if (Texts(key) is not { } texts)
            return null;
        List<T> chosen = [];
        foreach (var (path, text) in texts)
            if (TryChoose(path, text, allowed, out var value))
                chosen.Add(value.Value);
        return chosen;
    }

    /// <summary>Reports what in this section nobody asked for.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var (key, node) in _node?.Fields ?? [])
            if (!_known.Contains(key) && (!_isOpen || Spelling.Nearest(key, _known) is not null))
                _context.Report(node.Path, $"unknown key{Spelling.Suggestion(key, _known)}");
    }

    /// <summary>The user's own keys that are called like what <paramref name="inside"/> has and does not mention: somebody forgot its name before them.</summary>
    public void WarnOfKeysMeantFor(SettingsSection inside)
    {
        foreach (var (key, node) in _node?.Fields ?? [])
            if (!_known.Contains(key) && inside._known.Contains(key) && !inside.Has(key))
                _context.Report(node.Path, $"means nothing here; did you mean \"{inside.PathOf(key)}\"?", Severity.Warning);
    }

    private SettingsNode? Node(string key)
    {
        if (_known.Add(key))
            _context.Ask(KeyPath.Child(_pattern, key));
        return _node?.Field(key);
    }

    private T Wrong<T>(string key, string text, string expected, T whenAbsent)
    {
        Report(key, $"\"{text}\" is not {expected}");
        return whenAbsent;
    }

    private bool TryChoose<T>(string path, string text, ReadOnlySpan<T> allowed, [NotNullWhen(true)] out T? chosen) where T : struct, Enum
    {
        var values = allowed.IsEmpty ? Enum.GetValues<T>() : allowed.ToArray();
        chosen = null;
        foreach (var value in values)
            if (Kebab.Of(value) == text)
                chosen = value;
        if (chosen is null)
            _context.Report(path, $"\"{text}\" is not one of {string.Join(", ", values.Select(Kebab.Of))}{Spelling.Suggestion(text, values.Select(Kebab.Of))}");
        return chosen is not null;
    }
}
