using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Actors.Status;
using Gateway.Transport;

namespace Gateway.Actors.Reloading;

/// <summary>
/// Reads the settings again and puts them in force, whoever asks for it: a signal, a command, another node. One at a time; safe from any thread.
/// </summary>
/// <param name="gateway">Runs under <paramref name="first"/>.</param>
/// <param name="first">What the process was started with.</param>
/// <param name="load">Reads the same files again.</param>
/// <param name="check">Throws <see cref="IOException"/> when something else that the settings ask for cannot be had.</param>
/// <param name="applied">Is told of the settings that came into force.</param>
public sealed class Reloader(GatewayHost gateway, LoadedSettings first, Func<LoadedSettings> load, Action<GatewaySettings>? check = null, Action<GatewaySettings>? applied = null)
{
    private readonly SemaphoreSlim _gate = new(1);
    private SettingsTree _inForce = first.Tree;

    /// <summary>Settings that are wrong, or whose listeners cannot be had, change nothing.</summary>
    public async Task<ReloadOutcome> ReloadAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            var outcome = await TryReloadAsync().ConfigureAwait(false);
            if (!outcome.IsDone || outcome.Changes.Count > 0)
                gateway.Status.Events.Add(outcome.IsDone ? GatewayEventKind.Reloaded : GatewayEventKind.ReloadRefused, gateway.Status.Events.Node, outcome.ToString());
            return outcome;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ReloadOutcome> TryReloadAsync()
    {
        var loaded = load();
        string[] problems = [.. loaded.Problems.Where(problem => loaded.IsUsable || problem.Severity == Severity.Error).Select(problem => problem.ToString())];
        if (!loaded.IsUsable)
            return new() { IsDone = false, Problems = problems };
        try
        {
            check?.Invoke(loaded.Settings);
            var doors = await gateway.ChangeAsync(LiveSettings.Join(gateway.Settings, loaded.Settings)).ConfigureAwait(false);
            var changes = Changes(loaded.Tree);
            _inForce = loaded.Tree;
            applied?.Invoke(gateway.Settings);
            return new()
            {
                IsDone = true,
                Problems = problems,
                Changes = changes,
                Opened = [.. doors.Opened.All.Select(door => door.Local.ToLiteral())],
                Closed = [.. doors.Closed.Select(door => door.Local.ToLiteral())],
            };
        }
        catch (Exception e) when (e is TransportException or IOException or InvalidOperationException)
        {
            return new() { IsDone = false, Problems = [.. problems, e.Message] };
        }
    }

    /// <summary>What waits for a restart differs from the start, however many reloads ago; all else from what was in force.</summary>
    private IReadOnlyList<SettingsChange> Changes(SettingsTree loaded) =>
    [
        .. _inForce.ChangesTo(loaded).Where(change => !LiveSettings.NeedsRestart(change.Key)),
        .. first.Tree.ChangesTo(loaded).Where(change => LiveSettings.NeedsRestart(change.Key)).Select(change => change with { NeedsRestart = true }),
    ];
}
