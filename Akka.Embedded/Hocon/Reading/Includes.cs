namespace Hocon.Reading;

/// <summary>A text that was found for an include, and who finds what it includes in its turn.</summary>
internal sealed record Included(string Text, Includes Includes);

/// <summary>Finds included texts; one exists per text that is being read.</summary>
/// <param name="source">The name of the text, for error messages; null if it has none.</param>
/// <param name="depth">How many texts stand around this one.</param>
internal abstract class Includes(string? source, int depth)
{
    /// <summary>Texts that include each other; real ones stand two or three deep.</summary>
    protected const int MaxDepth = 50;

    public string? Source { get; } = source;

    protected int Depth { get; } = depth;

    /// <returns>Null if there is no such text and the include is not required.</returns>
    public Included? Find(Include include)
    {
        if (Depth >= MaxDepth) throw include.Origin.Error($"{include}: texts include each other more than {MaxDepth} deep");
        var found = Open(include);
        return found is null && include.Required
            ? throw include.Origin.Error($"{include}: there is no such text, and it is required") : found;
    }

    protected abstract Included? Open(Include include);
}
