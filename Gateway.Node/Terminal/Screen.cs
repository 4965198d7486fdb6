using Spectre.Console;

namespace Gateway.Node.Terminal;

/// <summary>Where answers are printed: with colours on a terminal alone, and not where <c>NO_COLOR</c> is set; uncut where nobody looks.</summary>
internal static class Screen
{
    /// <summary>Wider than any row: a file or a pipe has no edge.</summary>
    private const int NoEdge = 10_000;

    public static bool IsTerminal => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    public static IAnsiConsole Open() => Open(Console.Out, IsTerminal, IsTerminal ? null : NoEdge);

    /// <param name="isTerminal">It understands control sequences (ECMA-48).</param>
    /// <param name="width">Null for that of the terminal.</param>
    public static IAnsiConsole Open(TextWriter output, bool isTerminal, int? width)
    {
        var hasColours = isTerminal && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
            Interactive = InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (width is { } columns)
            console.Profile.Width = columns;
        return console;
    }
}
