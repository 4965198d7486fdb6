using Gateway.Actors;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;

namespace Gateway.Node.Hosting;

/// <summary>The one way to a reload, for the signal, the API and other nodes: the service manager is told of it, and the log what came of it.</summary>
/// <param name="gateway">Runs under <paramref name="loaded"/>.</param>
/// <param name="loaded">What the process was started with.</param>
/// <param name="load">Reads the same files again.</param>
/// <param name="log">Changes with the settings.</param>
internal sealed class NodeReload(GatewayHost gateway, LoadedSettings loaded, Func<LoadedSettings> load, LogWriter log)
{
    private readonly Reloader _reloader = new(gateway, loaded, load, settings => LogFile.Check(settings.Log.File), settings => log.Change(settings.Log));

    public async Task<ReloadOutcome> RunAsync()
    {
        ServiceManager.NotifyReloading();
        try
        {
            var outcome = await _reloader.ReloadAsync();
            Tell(outcome);
            return outcome;
        }
        catch (Exception e)
        {
            log.Write(LogLevelSetting.Error, "reload-failed", "the settings could not be read again", cause: e);
            return new() { IsDone = false, Problems = [e.Message] };
        }
        finally
        {
            ServiceManager.Notify("READY=1");
        }
    }

    private void Tell(ReloadOutcome outcome)
    {
        foreach (var problem in outcome.Problems)
            log.Write(outcome.IsDone ? LogLevelSetting.Warning : LogLevelSetting.Error, "setting", problem);
        foreach (var change in outcome.Changes)
            log.Write(change.NeedsRestart ? LogLevelSetting.Warning : LogLevelSetting.Info, "setting", change.ToString());
        foreach (var door in outcome.Opened)
            log.Write(LogLevelSetting.Info, "listener", $"serves SOCKS on {door} too");
        foreach (var door in outcome.Closed)
            log.Write(LogLevelSetting.Info, "listener", $"serves SOCKS on {door} no more");
        if (outcome.IsDone)
            log.Write(LogLevelSetting.Info, "reloaded", outcome.ToString());
        else
            log.Write(LogLevelSetting.Error, "reload-refused", "nothing was changed");
    }
}
