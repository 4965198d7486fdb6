namespace Hocon.Reading;

/// <summary>
/// What kind of value a layer is, with what is inside still unresolved; this laziness lets <c>bar { foo = 42, baz = ${bar.foo} }</c> work.
/// </summary>
internal abstract class Shape(Origin origin)
{
    public Origin Origin { get; } = origin;
}

internal sealed class ScalarShape(ScalarValue value) : Shape(value.Origin)
{
    public ScalarValue Value { get; } = value;
}

/// <summary>A list, as the first so many elements of a buffer that longer lists share: appending n times copies nothing n times.</summary>
internal sealed class ListShape : Shape
{
    private readonly List<Layer> _buffer;
    private readonly int _count;

    public ListShape(Origin origin, IEnumerable<Layer> items) : this(origin, [.. items])
    {
    }

    private ListShape(Origin origin, List<Layer> buffer) : base(origin)
    {
        _buffer = buffer;
        _count = buffer.Count;
    }

    public IEnumerable<Layer> Items => _buffer.Take(_count);

    public ListShape Append(ListShape other, Origin origin)
    {
        var buffer = _buffer.Count == _count && !ReferenceEquals(_buffer, other._buffer) ? _buffer : [.. Items];
        buffer.AddRange(other.Items);
        return new ListShape(origin, buffer);
    }
}

internal sealed class ObjectShape(Origin origin, OrderedDictionary<string, Layer> fields) : Shape(origin)
{
    public OrderedDictionary<string, Layer> Fields { get; } = fields;

    public static ObjectShape Merge(ObjectShape earlier, ObjectShape later)
    {
        var fields = new OrderedDictionary<string, Layer>(earlier.Fields, StringComparer.Ordinal);
        foreach (var (key, layer) in later.Fields)
            fields[key] = layer.Over(fields.GetValueOrDefault(key));
        return new ObjectShape(later.Origin, fields);
    }

    /// <summary>The object as the list that a list is joined to: <c>{ "0": a, "1": b }</c>; null if it has no numeric keys.</summary>
    public ListShape? AsList()
    {
        var items = NumericKeys.Sort(Fields);
        return items is null ? null : new ListShape(Origin, items);
    }
}
