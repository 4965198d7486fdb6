namespace Gateway.Node.Terminal.Top;

/// <summary>What the operator has chosen to look at.</summary>
internal sealed record TopView
{
    public TopSort Sort { get; init; }

    /// <summary>What must stand in a session; null for all of them.</summary>
    public string? Filter { get; init; }

    /// <summary>What is being typed as the next filter; null when nothing is.</summary>
    public string? Typing { get; init; }

    /// <summary>Whose sessions; null for those of all gateways.</summary>
    public string? Node { get; init; }

    public bool IsPaused { get; init; }

    public bool ShowsHelp { get; init; }

    public bool IsOver { get; init; }

    /// <summary>What a key makes of it.</summary>
    /// <param name="nodes">The gateways there are, to step through.</param>
    public TopView Press(ConsoleKeyInfo key, IReadOnlyList<string> nodes)
    {
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
            return this with { IsOver = true };
        if (Typing is { } text)
            return key.Key switch
            {
                ConsoleKey.Enter => this with { Typing = null, Filter = text.Trim() is { Length: > 0 } filter ? filter : null },
                ConsoleKey.Escape => this with { Typing = null },
                ConsoleKey.Backspace => this with { Typing = text[..Math.Max(0, text.Length - 1)] },
                _ => char.IsControl(key.KeyChar) ? this : this with { Typing = text + key.KeyChar },
            };
        return key.KeyChar switch
        {
            'q' or 'Q' => this with { IsOver = true },
            's' => this with { Sort = (TopSort)(((int)Sort + 1) % Enum.GetValues<TopSort>().Length) },
            '/' => this with { Typing = "", ShowsHelp = false },
            'n' => this with { Node = Step(nodes, 1) },
            'N' => this with { Node = Step(nodes, -1) },
            'p' or ' ' => this with { IsPaused = !IsPaused },
            'h' or '?' => this with { ShowsHelp = !ShowsHelp },
            _ => key.Key == ConsoleKey.Escape ? this with { Filter = null, ShowsHelp = false } : this,
        };
    }

    /// <summary>All gateways, and then each of them.</summary>
    private string? Step(IReadOnlyList<string> nodes, int by)
    {
        var places = nodes.Count + 1;
        var place = Node is null ? 0 : nodes.ToList().IndexOf(Node) + 1;
        return (place + by + places) % places is > 0 and var next ? nodes[next - 1] : null;
    }
}
