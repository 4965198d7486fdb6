using System.Diagnostics;
using System.Text;

namespace Socks64Actors.EndToEnd.Tests.Lab;

/// <summary>What a program said and how it ended.</summary>
public sealed record CommandResult(string CommandLine, int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Fails the test with everything the program said unless it ended with 0.</summary>
    public CommandResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"{CommandLine}\nexit {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}");
        return this;
    }
}

/// <summary>Runs programs to their end, within a limit of time.</summary>
public static class Command
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    public static CommandResult Run(string program, IEnumerable<string> arguments, string? input = null,
        TimeSpan? limit = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(program, arguments, environment, redirectInput: true);
        var output = Task.Run(() =>
        {
            using var buffer = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(buffer);
            return buffer.ToArray();
        });
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();

        var line = $"{program} {string.Join(' ', process.StartInfo.ArgumentList)}";
        if (!process.WaitForExit(limit ?? DefaultLimit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new CommandResult(line, -1, output.Result, $"ended after its limit of time\n{error.Result}");
        }
        return new CommandResult(line, process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null, bool redirectInput = false)
    {
        var start = new ProcessStartInfo(Tools.Find(program) ?? program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = redirectInput,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }
}
