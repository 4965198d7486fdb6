using Spectre.Console;

namespace Gateway.Node.Terminal;

/// <summary>What colours mean; the sixteen of every terminal, so that its own theme decides how they look.</summary>
internal static class Looks
{
    public static Style Good { get; } = new(Color.Green);

    public static Style Doubtful { get; } = new(Color.Olive);

    public static Style Bad { get; } = new(Color.Maroon);

    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);
}
