namespace Hocon.Reading;

/// <summary>One assignment to a key, over the assignments that came before it. Reduced at most once, and forced at most once.</summary>
internal sealed class Layer(Node node, Layer? below)
{
    public Node Node { get; } = node;

    public Layer? Below { get; } = below;

    public bool IsReduced { get; private set; }

    /// <summary>What the layers down from here come to; null if they are all undefined optional substitutions.</summary>
    public Shape? Shape { get; private set; }

    public Value? Value { get; set; }

    /// <summary>Somebody is finding out the shape, so a substitution that arrives here refers to itself.</summary>
    public bool IsReducing { get; set; }

    /// <summary>Somebody is resolving what is inside, so a substitution that takes the whole of it would contain itself.</summary>
    public bool IsForcing { get; set; }

    public void Reduced(Shape? shape)
    {
        Shape = shape;
        IsReduced = true;
    }

    /// <summary>The same assignments over others.</summary>
    public Layer Over(Layer? others)
    {
        if (others is null || Hides) return this;
        var mine = new Stack<Node>();
        for (var layer = this; layer is not null; layer = layer.Below) mine.Push(layer.Node);
        foreach (var node in mine) others = new Layer(node, others);
        return others!;
    }

    private bool Hides
    {
        get
        {
            for (var layer = this; layer is not null; layer = layer.Below)
            {
                if (layer.Node is ScalarNode or ListNode) return true;
            }
            return false;
        }
    }
}
