using System.CommandLine;
using Gateway.Node.Completion;

namespace Gateway.Node;

/// <summary>Parses the arguments and runs the command they name.</summary>
internal static class CommandLine
{
    public static async Task<int> InvokeAsync(RootCommand root, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse(arguments);
        // A line that is still being typed is seldom right.
        if (Suggestions.For(root, parsed) is { } suggestions)
        {
            foreach (var suggestion in suggestions)
                await Console.Out.WriteLineAsync(suggestion);
            return ExitCode.Success;
        }
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"socks64: {error.Message}");
            await Console.Error.WriteLineAsync($"Try: socks64 {(parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ")}--help");
            return ExitCode.Usage;
        }
        // Signals are the running gateway's own business: it drains.
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard output is closed, or its disk is full.
            await Console.Error.WriteLineAsync($"socks64: {(e.InnerException ?? e).Message}");
            return ExitCode.Failure;
        }
    }
}
