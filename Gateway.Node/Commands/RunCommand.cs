using System.CommandLine;
using System.Runtime.InteropServices;
using Gateway.Actors.Handover;
using Gateway.Actors.Settings;
using Gateway.Node.Hosting;
using Gateway.Node.Logging;
using Gateway.Transport;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 run</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    private static readonly Option<bool> s_takeOver = new("--take-over")
    {
        Description = "Go on with the listening sockets of the gateway that runs (node.handover); that one stops accepting, lets its sessions end and ends.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Serve clients until SIGTERM or SIGINT, then let their sessions end (the default command).") { s_takeOver };
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var loaded = SettingsOption.Load(parsed);
        if (!loaded.IsUsable)
            return ExitCode.Settings;
        using var signals = new ShutdownSignals();
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
        try
        {
            using var predecessor = parsed.GetValue(s_takeOver) ? await MeetPredecessorAsync(loaded.Settings) : null;
            return await ServeAsync(parsed, loaded, log, signals, predecessor);
        }
        catch (Exception e) when (e is TransportException or IOException)
        {
            log.Write(LogLevelSetting.Error, "start-failed", e.Message);
            return ExitCode.Unavailable;
        }
    }

    private static async Task<int> ServeAsync(ParseResult parsed, LoadedSettings loaded, LogWriter log, ShutdownSignals signals, Predecessor? predecessor)
    {
        using var reload = new RepeatedSignal(PosixSignal.SIGHUP);
        using var upgrade = new RepeatedSignal(RepeatedSignal.User2);
        await using (var node = await RunningNode.StartAsync(loaded, () => SettingsOption.Read(parsed), log, predecessor))
        {
            Announce(node, log);
            _ = reload.ServeAsync(node.ReloadAsync);
            _ = upgrade.ServeAsync(() => SuccessorProcess.RunAsync(parsed, s_takeOver.Name, node.HandedOver, log));
            var why = await EndAsync(node, signals, node.ServeAsync(predecessor));
            var patience = node.Settings.Timeouts.Drain;
            log.Write(LogLevelSetting.Info, "draining", $"{why}: {node.Sessions} sessions may take {patience.TotalSeconds:0} s to end; the next signal ends them");
            // A supervisor may well send its signal twice; without sessions there is nothing to cut.
            var allEnded = await node.DrainAsync(patience, signals.Second) || node.Sessions == 0;
            log.Write(LogLevelSetting.Info, "stopped", allEnded ? "all sessions have ended" : "some sessions were cut");
            return allEnded ? ExitCode.Success : ExitCode.Failure;
        }
    }

    /// <summary>Waits until this process has to end, and says why.</summary>
    private static async Task<string> EndAsync(RunningNode node, ShutdownSignals signals, Task serving)
    {
        List<Task> ends = [signals.First, node.HandedOver, serving];
        while (await Task.WhenAny(ends) is var end && end == serving)
        {
            await serving;
            ends.Remove(serving);
        }
        return node.HandedOver.IsCompleted ? $"process {await node.HandedOver} goes on with this gateway" : $"{await signals.First}";
    }

    private static async Task<Predecessor> MeetPredecessorAsync(GatewaySettings settings) => HandoverDoor.NameOf(settings) is { } name
        ? await Predecessor.MeetAsync(name, [.. settings.Listeners.Select(listener => listener.Address)])
        : throw new HandoverException("these settings name no place to take a gateway over from: node.handover is off, or auto with a first listener on a free port");

    /// <summary>Standard output has this one line, so that whoever started the gateway can wait for it and learn the ports.</summary>
    private static void Announce(RunningNode node, LogWriter log)
    {
        var addresses = string.Join(' ', node.Listening);
        log.Write(LogLevelSetting.Info, "started", $"{node.Name} serves SOCKS on {addresses}");
        if (node.Admin is { } admin)
            log.Write(LogLevelSetting.Info, "admin", $"admin at {admin}");
        try
        {
            Console.Out.WriteLine($"READY {addresses}");
            Console.Out.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Write(LogLevelSetting.Warning, "standard-output", $"nobody is told READY: {(e.InnerException ?? e).Message}");
        }
    }
}
