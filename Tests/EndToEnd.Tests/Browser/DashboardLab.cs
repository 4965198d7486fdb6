using Socks64Actors.EndToEnd.Tests.Operator;

namespace Socks64Actors.EndToEnd.Tests.Browser;

/// <summary>What the tests of a class share: a cluster of an entry, two relays and two exits with live sessions through all of it, and a browser.</summary>
public sealed class DashboardLab : IAsyncLifetime
{
    private LoopbackCluster? _cluster;
    private LiveSessions? _sessions;
    private Chromium? _browser;

    internal LoopbackCluster Cluster => _cluster!;

    internal LiveSessions Sessions => _sessions!;

    internal Chromium Browser => _browser!;

    public async Task InitializeAsync()
    {
        // Of a class whose tests are all skipped the fixture is made nevertheless.
        if (BrowserSupport.WhyNot is not null)
            return;
        var browser = Chromium.StartAsync();
        _cluster = await LoopbackCluster.StartAsync(["e1", "r1", "r2", "x1", "x2"]);
        _browser = await browser;
        _sessions = new LiveSessions();
        await _sessions.AddAsync(_cluster.Socks("e1"), 8);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        if (_sessions is not null)
            await _sessions.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
