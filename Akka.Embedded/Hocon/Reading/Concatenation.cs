namespace Hocon.Reading;

/// <summary>HOCON, "Value concatenation": all texts, all lists, or all objects; white space counts between texts only.</summary>
internal static class Concatenation
{
    /// <summary>Guards against texts that double a few dozen times.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    public static Shape? Join(ConcatenationNode node, Func<Node, Shape?> shapeOf)
    {
        var shapes = new List<Shape>();
        foreach (var part in node.Parts)
        {
            if (shapeOf(part) is { } shape) shapes.Add(shape);
        }
        var values = shapes.FindAll(shape => !IsSpace(shape));
        return values.Count switch
        {
            0 => null,
            1 when values[0] is not ScalarShape => values[0],
            _ when values.TrueForAll(shape => shape is ScalarShape) => JoinTexts(node, shapes.ConvertAll(shape => ((ScalarShape)shape).Value)),
            _ => values.Aggregate((left, right) => JoinPair(node, left, right)),
        };
    }

    private static bool IsSpace(Shape shape) => shape is ScalarShape { Value.Kind: ScalarKind.Whitespace };

    private static ScalarShape JoinTexts(ConcatenationNode node, List<ScalarValue> texts)
    {
        if (texts.Count == 1) return new ScalarShape(texts[0]);
        long length = 0;
        foreach (var text in texts) length += text.Text.Length;
        if (length > MaxLength) throw node.Origin.Error($"the text grows beyond {MaxLength} characters");
        var quoted = texts.Exists(text => text.Kind is ScalarKind.Quoted or ScalarKind.TripleQuoted);
        return new ScalarShape(new ScalarValue(node.Origin, string.Concat(texts.Select(text => text.Text)), quoted ? ScalarKind.Quoted : ScalarKind.Unquoted));
    }

    private static Shape JoinPair(ConcatenationNode node, Shape left, Shape right) => (left, right) switch
    {
        (ObjectShape earlier, ObjectShape later) => ObjectShape.Merge(earlier, later),
        (ListShape first, ListShape second) => first.Append(second, node.Origin),
        (ObjectShape indexed, ListShape second) when indexed.AsList() is { } first => first.Append(second, node.Origin),
        (ListShape first, ObjectShape indexed) when indexed.AsList() is { } second => first.Append(second, node.Origin),
        _ => throw right.Origin.Error($"{Describe(right)} cannot be joined to {Describe(left)}"),
    };

    private static string Describe(Shape shape) => shape switch { ObjectShape => "an object", ListShape => "a list", _ => "a text" };
}
