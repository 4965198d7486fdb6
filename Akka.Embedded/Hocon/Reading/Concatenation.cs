namespace Hocon.Reading;

/// <summary>HOCON, "Value concatenation": all texts, all lists, or all objects; white space counts between texts only.</summary>
internal static class Concatenation
{
    /// <summary>Guards against texts that double a few dozen times.</summary>
    private const int MaxLength = 16 * 1024 * 1024;

    public static Shape? Join(ConcatenationNode node, Func<Node, Shape?> shapeOf)
    {
        var shapes = new List<(Node Part, Shape Shape)>();
        foreach (var part in node.Parts)
        {
            if (shapeOf(part) is { } shape) shapes.Add((part, shape));
        }
        var values = shapes.Where(part => !IsSpace(part.Shape)).ToList();
        return values.Count switch
        {
            0 => null,
            1 when values[0].Shape is not ScalarShape => values[0].Shape,
            _ when values.All(part => part.Shape is ScalarShape) =>
                JoinTexts(node, shapes.Select(part => ((ScalarShape)part.Shape).Value).ToList()),
            _ => values.Select(part => part.Shape).Aggregate((left, right) => JoinPair(node, left, right)),
        };
    }

    private static bool IsSpace(Shape shape) => shape is ScalarShape { Value.Kind: ScalarKind.Whitespace };

    private static ScalarShape JoinTexts(ConcatenationNode node, List<ScalarValue> texts)
    {
        if (texts.Count == 1) return new ScalarShape(texts[0]);
        if (texts.Sum(text => (long)text.Text.Length) > MaxLength) throw node.Origin.Error($"the text grows beyond {MaxLength} characters");
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
