using System.CommandLine;
using Gateway.Actors.Settings;
using Gateway.Node.Hosting;
using Gateway.Node.Logging;
using Gateway.Transport;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 run</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Serve clients until SIGTERM or SIGINT, then let their sessions end (the default command).");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var loaded = SettingsOption.Load(parsed);
        if (!loaded.IsUsable)
            return ExitCode.Settings;
        using var signals = new ShutdownSignals();
        using var reload = new ReloadSignal();
        try
        {
            LogFile.Check(loaded.Settings.Log.File);
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"socks64: {e.Message}");
            return ExitCode.Unavailable;
        }
        await using var log = LogWriter.Start(loaded.Settings.Log);
        return await ServeAsync(loaded, () => SettingsOption.Read(parsed), log, signals, reload);
    }

    private static async Task<int> ServeAsync(LoadedSettings loaded, Func<LoadedSettings> load, LogWriter log, ShutdownSignals signals, ReloadSignal reload)
    {
        RunningNode node;
        try
        {
            node = await RunningNode.StartAsync(loaded, load, log);
        }
        catch (Exception e) when (e is TransportException or IOException)
        {
            log.Write(LogLevelSetting.Error, "start-failed", e.Message);
            return ExitCode.Unavailable;
        }
        await using (node)
        {
            Announce(node, log);
            _ = reload.ServeAsync(node.ReloadAsync);
            var signal = await signals.First;
            var patience = node.Settings.Timeouts.Drain;
            log.Write(LogLevelSetting.Info, "draining", $"{signal}: {node.Sessions} sessions may take {patience.TotalSeconds:0} s to end; the next signal ends them");
            // A supervisor may well send its signal twice; without sessions there is nothing to cut.
            var allEnded = await node.DrainAsync(patience, signals.Second) || node.Sessions == 0;
            log.Write(LogLevelSetting.Info, "stopped", allEnded ? "all sessions have ended" : "some sessions were cut");
            return allEnded ? ExitCode.Success : ExitCode.Failure;
        }
    }

    /// <summary>Standard output has this one line, so that whoever started the gateway can wait for it and learn the ports.</summary>
    private static void Announce(RunningNode node, LogWriter log)
    {
        var addresses = string.Join(' ', node.Listening);
        log.Write(LogLevelSetting.Info, "started", $"{node.Name} serves SOCKS on {addresses}");
        if (node.Admin is { } admin)
            log.Write(LogLevelSetting.Info, "admin", $"admin at {admin}");
        Console.Out.WriteLine($"READY {addresses}");
        Console.Out.Flush();
        ServiceManager.Notify("READY=1");
    }
}
