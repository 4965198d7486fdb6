using Hocon;

namespace Gateway.Actors.Settings.Reading;

/// <summary>A parsed value as the reader sees it: exactly one of an object, a list or a text. What is null or was substituted by nothing has no node.</summary>
internal sealed class SettingsNode
{
    private SettingsNode(string path) => Path = path;

    public string Path { get; }

    /// <summary>The fields in reading order, when this is an object.</summary>
    public IReadOnlyList<KeyValuePair<string, SettingsNode>>? Fields { get; private init; }

    public IReadOnlyList<SettingsNode>? Items { get; private init; }

    public string? Text { get; private init; }

    public SettingsNode? Field(string key) => Fields?.FirstOrDefault(field => field.Key == key).Value;

    public static SettingsNode? From(HoconValue? value, string path)
    {
        switch (value?.Type)
        {
            case HoconType.Object:
                return new(path) { Fields = [.. FieldsOf(value.GetObject(), path)] };
            case HoconType.Array:
                return new(path) { Items = [.. ItemsOf(value.GetArray(), path)] };
            case HoconType.String or HoconType.Number or HoconType.Boolean:
                return value.Raw == "null" ? null : new(path) { Text = value.GetString() };
            default:
                return null;
        }
    }

    private static IEnumerable<KeyValuePair<string, SettingsNode>> FieldsOf(HoconObject fields, string path)
    {
        foreach (var field in fields.Values)
            if (From(field.Value, KeyPath.Child(path, field.Key)) is { } node)
                yield return new(field.Key, node);
    }

    private static IEnumerable<SettingsNode> ItemsOf(IList<HoconValue> items, string path)
    {
        for (var i = 0; i < items.Count; i++)
            if (From(items[i], KeyPath.Item(path, i)) is { } node)
                yield return node;
    }
}
