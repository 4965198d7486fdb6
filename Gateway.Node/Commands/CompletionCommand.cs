using System.CommandLine;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 completion</c>: what a shell needs to complete commands, options and names; it asks <c>socks64 [suggest:POSITION] LINE</c>.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = new("shell") { Description = "bash, zsh or fish." };

    public static Command Create()
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print what a shell needs to complete socks64's commands, options and names.") { Shell };
        command.SetAction(Print);
        return command;
    }

    private static int Print(ParseResult parsed)
    {
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion/socks64.{parsed.GetValue(Shell)}")!);
        Console.Out.Write(script.ReadToEnd());
        return ExitCode.Success;
    }
}
