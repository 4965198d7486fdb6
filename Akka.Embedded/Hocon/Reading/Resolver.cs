using System.Runtime.CompilerServices;

namespace Hocon.Reading;

/// <summary>
/// Nodes to values: HOCON, "Substitutions". A value is found in two steps: its <see cref="Shape"/> first, with everything inside left
/// alone, then what is inside. A substitution that comes back to a layer which is being worked on means the layers below it.
/// </summary>
internal sealed class Resolver
{
    /// <summary>Whoever prints, merges or wraps the values walks them by recursion.</summary>
    public const int MaxDepth = 500;

    private readonly Func<string, string?> _environment;
    private readonly Layer _root;
    private int _depth;
    private int _reductions;

    private Resolver(Node root, Func<string, string?> environment)
    {
        _root = new Layer(root, null);
        _environment = environment;
    }

    /// <param name="root">The parsed text.</param>
    /// <param name="environment">Where substitutions look for what the configuration does not define; null: not defined.</param>
    /// <exception cref="HoconParserException">A required substitution finds nothing, or values contain each other.</exception>
    public static Value Resolve(Node root, Func<string, string?> environment)
    {
        var resolver = new Resolver(root, environment);
        return resolver.Force(resolver._root)!;
    }

    private Value? Force(Layer layer)
    {
        if (layer.Value is not null) return layer.Value;
        EnsureStack(layer.Node.Origin);
        var shape = Reduce(layer);
        if (shape is null) return null;
        if (layer.IsForcing) throw layer.Node.Origin.Error("the value contains itself");
        if (++_depth > MaxDepth) throw layer.Node.Origin.Error($"values stand more than {MaxDepth} deep in each other");
        layer.IsForcing = true;
        layer.Value = shape switch
        {
            ScalarShape scalar => scalar.Value,
            ListShape list => new ListValue(list.Origin, [.. list.Items.Select(Force).OfType<Value>()]),
            ObjectShape fields => ForceFields(fields),
            _ => throw new InvalidOperationException(),
        };
        layer.IsForcing = false;
        _depth--;
        return layer.Value;
    }

    private ObjectValue ForceFields(ObjectShape shape)
    {
        var fields = new OrderedDictionary<string, Value>(shape.Fields.Count, StringComparer.Ordinal);
        foreach (var (key, layer) in shape.Fields)
        {
            if (Force(layer) is { } value) fields[key] = value;
        }
        return new ObjectValue(shape.Origin, fields);
    }

    /// <summary>The layer over those below it: objects merge, an undefined optional substitution changes nothing, all else hides.</summary>
    private Shape? Reduce(Layer layer)
    {
        if (layer.IsReduced) return layer.Shape;
        // A long chain of `list += x` is taken from its first link, so that its length is not the depth of the stack.
        var links = new Stack<Layer>();
        for (var link = layer; link is { IsReduced: false } && (link.Node.LooksBack || link.Node is ObjectNode); link = link.Below)
        {
            if (link.Node.LooksBack) links.Push(link);
        }
        foreach (var link in links) ReduceOne(link);
        return ReduceOne(layer);
    }

    private Shape? ReduceOne(Layer layer)
    {
        if (layer.IsReduced) return layer.Shape;
        EnsureStack(layer.Node.Origin);
        if (++_reductions > MaxDepth) throw layer.Node.Origin.Error($"substitutions lead more than {MaxDepth} deep into each other");
        layer.IsReducing = true;
        try
        {
            layer.Reduced(layer.Node is ObjectNode ? MergeObjects(layer) : OverBelow(layer, ShapeOf(layer.Node, layer)));
        }
        finally
        {
            layer.IsReducing = false;
            _reductions--;
        }
        return layer.Shape;
    }

    private Shape? OverBelow(Layer layer, Shape? shape) => shape switch
    {
        null => layer.Below is null ? null : Reduce(layer.Below),
        ObjectShape mine when layer.Below is not null && Reduce(layer.Below) is ObjectShape others => ObjectShape.Merge(others, mine),
        _ => shape,
    };

    /// <summary>A run of objects is merged in one go: files that write one dotted key per line make long ones.</summary>
    private ObjectShape MergeObjects(Layer layer)
    {
        var run = new Stack<ObjectNode>();
        var below = layer;
        for (; below?.Node is ObjectNode node; below = below.Below) run.Push(node);
        var merged = below is not null && Reduce(below) is ObjectShape others ? others : null;
        if (merged is null && run.Count == 1) return new ObjectShape(layer.Node.Origin, run.Peek().Fields);
        var fields = merged is null
            ? new OrderedDictionary<string, Layer>(StringComparer.Ordinal)
            : new OrderedDictionary<string, Layer>(merged.Fields, StringComparer.Ordinal);
        foreach (var node in run)
        {
            foreach (var (key, value) in node.Fields) fields[key] = value.Over(fields.GetValueOrDefault(key));
        }
        return new ObjectShape(layer.Node.Origin, fields);
    }

    private Shape? ShapeOf(Node node, Layer layer) => node switch
    {
        ScalarNode scalar => new ScalarShape(scalar.Value),
        ListNode list => new ListShape(list.Origin, list.Items.Select(item => new Layer(item, null))),
        ObjectNode fields => new ObjectShape(fields.Origin, fields.Fields),
        PriorNode prior => Prior(prior, layer),
        SubstitutionNode substitution => Look(substitution),
        ConcatenationNode concatenation => Concatenation.Join(concatenation, part => ShapeOf(part, layer)),
        _ => throw new InvalidOperationException(),
    };

    private Shape? Prior(PriorNode prior, Layer layer)
    {
        var below = layer.Below is null ? null : Reduce(layer.Below);
        return below ?? (prior.Written is null ? null : Outside(prior.Written, "is not defined before this place, nor in the environment"));
    }

    private Shape? Look(SubstitutionNode substitution)
    {
        if (substitution.Prefix.Count > 0 && TryFind([.. substitution.Prefix, .. substitution.Path], out _) is { } relative)
            return relative;
        var found = TryFind(substitution.Path, out var itself);
        return found ?? Outside(substitution, itself ? "refers to itself" : "is not defined, neither in the configuration nor in the environment");
    }

    private Shape? TryFind(IReadOnlyList<string> path, out bool itself)
    {
        itself = false;
        var shape = Reduce(_root);
        for (var i = 0; i < path.Count; i++)
        {
            if (shape is not ObjectShape fields || !fields.Fields.TryGetValue(path[i], out var layer)) return null;
            var isLast = i == path.Count - 1;
            while (layer is not null && (layer.IsReducing || (isLast && layer.IsForcing)))
            {
                itself = true;
                layer = layer.Below;
            }
            shape = layer is null ? null : Reduce(layer);
        }
        return shape;
    }

    private ScalarShape? Outside(SubstitutionNode substitution, string problem)
    {
        if (_environment(string.Join('.', substitution.Path)) is { } text)
            return new ScalarShape(new ScalarValue(substitution.Origin, text, ScalarKind.Quoted));
        return substitution.Optional ? null : throw substitution.Origin.Error($"{substitution} {problem}");
    }

    private static void EnsureStack(Origin origin)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw origin.Error("values and substitutions stand too deep in each other");
    }
}
