using System.Diagnostics;

namespace Preload.Tests.Support;

/// <summary>What a program left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error);

internal static class Execution
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs a program to its end; one that does not end in two minutes is stopped, and exits with -1.</summary>
    public static Outcome Run(string program, string[] arguments, Dictionary<string, string> environment)
    {
        using var process = Start(program, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(Patience))
            return new(process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        return new(-1, output.Result, error.Result + "\ndid not end");
    }

    public static Process Start(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>
    /// Runs a program under the library, with everything relayed, loopback too, because the gateway of the tests
    /// stands there.
    /// </summary>
    public static Outcome Socksified(FakeGateway gateway, string program, string[] arguments, params (string, string)[] settings)
    {
        var environment = Settings(gateway, settings);
        environment["LD_PRELOAD"] = Toolchain.Library;
        return Run(program, arguments, environment);
    }

    public static Dictionary<string, string> Settings(FakeGateway gateway, params (string, string)[] settings)
    {
        Dictionary<string, string> environment = new()
        {
            ["SOCKS64_GATEWAY"] = gateway.Address,
            ["SOCKS64_DIRECT"] = "none",
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return environment;
    }
}
