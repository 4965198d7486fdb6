using System.CommandLine;

namespace Gateway.Node.Operator;

/// <summary>What commands that ask a running gateway have in common.</summary>
internal static class OperatorCommand
{
    /// <summary>Has <paramref name="run"/> ask the gateway that the command line names; what goes wrong is said and makes the exit code.</summary>
    public static void SetOperatorAction(this Command command, Func<AdminClient, ParseResult, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, cancellation) => RunAsync(run, parsed, cancellation));

    /// <summary>For a command that does so only when it is told to.</summary>
    public static async Task<int> RunAsync(Func<AdminClient, ParseResult, CancellationToken, Task<int>> run, ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            using var client = new AdminClient(AdminOptions.Target(parsed));
            return await run(client, parsed, cancellation);
        }
        catch (AdminException e)
        {
            await Console.Error.WriteLineAsync(e.ExitCode == ExitCode.Settings ? e.Message : $"socks64: {e.Message}");
            return e.ExitCode;
        }
    }
}
