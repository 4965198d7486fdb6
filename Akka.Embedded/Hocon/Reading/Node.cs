namespace Hocon.Reading;

/// <summary>A value as it was written, before substitutions are resolved.</summary>
internal abstract class Node(Origin origin)
{
    public Origin Origin { get; } = origin;

    /// <summary>The value needs the one that the same key had before: <c>path = ${path}":x"</c>, <c>list += x</c>.</summary>
    public virtual bool LooksBack => false;
}

internal sealed class ScalarNode(ScalarValue value) : Node(value.Origin)
{
    public ScalarValue Value { get; } = value;
}

internal sealed class ListNode(Origin origin, IReadOnlyList<Node> items) : Node(origin)
{
    public IReadOnlyList<Node> Items { get; } = items;
}

/// <summary>The fields of one pair of braces; a key that is written again becomes a layer over its earlier value.</summary>
internal sealed class ObjectNode(Origin origin) : Node(origin)
{
    public OrderedDictionary<string, Layer> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary><c>a.b.c = value</c> is <c>a { b { c = value } }</c>.</summary>
    public void Put(IReadOnlyList<string> path, Node value)
    {
        for (var i = path.Count - 1; i > 0; i--)
        {
            var inner = new ObjectNode(value.Origin);
            inner.Put(path[i], value);
            value = inner;
        }
        Put(path[0], value);
    }

    public void Include(ObjectNode other)
    {
        foreach (var (key, layer) in other.Fields)
            Fields[key] = layer.Over(Fields.GetValueOrDefault(key));
    }

    private void Put(string key, Node value) => Fields[key] = new Layer(value, Fields.GetValueOrDefault(key));
}

/// <summary><c>${path}</c> or <c>${?path}</c>; in an included file the path is tried below the place of the include first.</summary>
internal sealed class SubstitutionNode(Origin origin, IReadOnlyList<string> path, bool optional, IReadOnlyList<string> prefix)
    : Node(origin)
{
    public IReadOnlyList<string> Path { get; } = path;

    public IReadOnlyList<string> Prefix { get; } = prefix;

    public bool Optional { get; } = optional;

    public override string ToString() => $"${{{(Optional ? "?" : "")}{PathText.Render(Path)}}}";
}

/// <summary>
/// A substitution that names the very field it stands in, so it means what the field was before; also the left side of <c>+=</c>.
/// </summary>
internal sealed class PriorNode(Origin origin, SubstitutionNode? written) : Node(origin)
{
    /// <summary>Null for <c>+=</c>.</summary>
    public SubstitutionNode? Written { get; } = written;

    public override bool LooksBack => true;
}

/// <summary>Values side by side on one line; the white space between them is a part too.</summary>
internal sealed class ConcatenationNode(Origin origin, IReadOnlyList<Node> parts) : Node(origin)
{
    public IReadOnlyList<Node> Parts { get; } = parts;

    public override bool LooksBack { get; } = parts.Any(part => part.LooksBack);
}
