namespace Hocon.Reading;

/// <summary>
/// A resolved, immutable value. What it is read as (number, duration, size) is the reader's choice: <see cref="ValueReader"/>.
/// </summary>
internal abstract class Value(Origin origin)
{
    public Origin Origin { get; } = origin;
}

internal enum ScalarKind { Null, Whitespace, Unquoted, Quoted, TripleQuoted }

internal sealed class ScalarValue(Origin origin, string text, ScalarKind kind) : Value(origin)
{
    public string Text { get; } = text;

    public ScalarKind Kind { get; } = kind;
}

internal sealed class ListValue(Origin origin, IReadOnlyList<Value> items) : Value(origin)
{
    public IReadOnlyList<Value> Items { get; } = items;
}

internal sealed class ObjectValue(Origin origin, OrderedDictionary<string, Value> fields) : Value(origin)
{
    private readonly OrderedDictionary<string, Value> _fields = fields;

    public static ObjectValue Empty { get; } = new(default, new OrderedDictionary<string, Value>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, Value> Fields => _fields;

    public Value? Find(IReadOnlyList<string> path)
    {
        Value current = this;
        foreach (var key in path)
        {
            if (current is not ObjectValue inner || !inner._fields.TryGetValue(key, out var next)) return null;
            current = next;
        }
        return current;
    }

    /// <summary>This object, with what it lacks taken from another one. Objects merge, everything else hides.</summary>
    public ObjectValue WithFallback(ObjectValue fallback)
    {
        if (fallback._fields.Count == 0 || ReferenceEquals(this, fallback)) return this;
        if (_fields.Count == 0) return fallback;
        var merged = new OrderedDictionary<string, Value>(_fields, StringComparer.Ordinal);
        foreach (var (key, theirs) in fallback._fields)
        {
            if (!merged.TryGetValue(key, out var mine)) merged[key] = theirs;
            else if (mine is ObjectValue inner && theirs is ObjectValue others) merged[key] = inner.WithFallback(others);
        }
        return new ObjectValue(Origin, merged);
    }
}
