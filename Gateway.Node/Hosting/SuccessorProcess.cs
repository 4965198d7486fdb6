using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;

namespace Gateway.Node.Hosting;

/// <summary>
/// The program once more, as it lies on the disk by now and with the arguments that this process was started with, to take the gateway over. It
/// shares standard output and the log, and outlives this process.
/// </summary>
internal static class SuccessorProcess
{
    /// <summary>Returns when it has taken over, or has failed to.</summary>
    /// <param name="parsed">This process' command line.</param>
    /// <param name="takeOver">The option that makes a successor.</param>
    /// <param name="handedOver">Completes when this gateway has been handed over.</param>
    /// <param name="log">Hears of failures.</param>
    public static async Task RunAsync(ParseResult parsed, string takeOver, Task handedOver, LogWriter log)
    {
        // Asked twice: the second time is for the process that goes on with the gateway, which hears of it by itself.
        if (handedOver.IsCompleted)
            return;
        try
        {
            using var process = Process.Start(Describe(parsed, takeOver))!;
            await Task.WhenAny(process.WaitForExitAsync(), handedOver);
            if (!handedOver.IsCompleted)
                log.Write(LogLevelSetting.Error, "upgrade-failed", $"the process that was to take this gateway over ended with {process.ExitCode}; the gateway goes on as it was");
        }
        catch (Win32Exception e)
        {
            log.Write(LogLevelSetting.Error, "upgrade-failed", $"{e.Message}; the gateway goes on as it was");
        }
    }

    /// <summary>As this one was called, not where its file was: that may lie in a folder of its version, behind a link.</summary>
    private static ProcessStartInfo Describe(ParseResult parsed, string takeOver)
    {
        var arguments = Environment.GetCommandLineArgs()[1..];
        var called = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0')[..^arguments.Length];
        var isNamed = parsed.CommandResult.Command != parsed.RootCommandResult.Command;
        return new(called[0], [.. called[1..], .. isNamed ? [] : new[] { "run" }, .. arguments.Where(argument => argument != takeOver), takeOver]);
    }
}
