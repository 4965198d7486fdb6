using System.Globalization;
using System.Text.Json;
using Gateway.Actors.Settings;
using Gateway.Node.Hosting;
using Gateway.Node.Logging;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Nodes;

/// <summary>A whole node in this process, as <c>socks64 run</c> starts it, with its log in memory.</summary>
internal sealed class NodeLab : IAsyncDisposable
{
    private readonly MemoryLog _output = new();
    private readonly LogWriter _log;
    private readonly RunningNode _node;
    private readonly HttpClient _http;
    private bool _hasEnded;

    private NodeLab(RunningNode node, LogWriter log, MemoryLog output)
    {
        (_node, _log, _output) = (node, log, output);
        _http = new HttpClient { BaseAddress = node.Admin, Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Name => _node.Name;

    public IReadOnlyList<LiteralEndpoint> Doors => _node.Listening;

    public Uri Admin => _node.Admin!;

    /// <summary>What it has logged, one record each.</summary>
    public IReadOnlyList<JsonElement> Log => _output.Records;

    public IReadOnlyList<JsonElement> Sessions => [.. Log.Where(record => record.GetProperty("event").GetString() == "session")];

    /// <param name="name">The node's.</param>
    /// <param name="settings">HOCON under <c>socks64</c>.</param>
    /// <param name="akka">HOCON under <c>akka</c>.</param>
    public static async Task<NodeLab> StartAsync(string name, string settings, string akka = "")
    {
        LoadedSettings Load() => SettingsLoader.Load(["test.conf"], _ => Text(name, settings, akka));
        var loaded = Load();
        Assert.Empty(loaded.Problems);
        var output = new MemoryLog();
        var log = new LogWriter(output, loaded.Settings.Log, isTerminal: false);
        return new(await RunningNode.StartAsync(loaded, Load, log, predecessor: null), log, output);
    }

    /// <summary>Settings of a node with doors at free ports of loopback.</summary>
    public static string Text(string name, string settings, string akka = "") => $$"""
        socks64 {
          node { name = {{name}}, loops = 1 }
          listeners = [{ address = "127.0.0.1:0" }]
          admin.address = "127.0.0.1:0"
        {{settings}}
        }
        akka { loglevel = WARNING, stdout-loglevel = OFF }
        akka { {{akka}} }
        """;

    public Task<SocksTestClient> ConnectAsync() => SocksTestClient.ConnectAsync(Doors[0]);

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    /// <summary>This node's part of what <paramref name="path"/> answers.</summary>
    public async Task<JsonElement> OwnAsync(string path) =>
        (await GetAsync(path)).GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("node").GetString() == Name);

    public async Task CloseAsync(long session)
    {
        using var answer = await _http.PostAsync($"/api/sessions/{session}/close", null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The samples of <c>/metrics</c>, by name and labels.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MetricsAsync()
    {
        var text = await _http.GetStringAsync("/metrics");
        return text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(line => line[..line.LastIndexOf(' ')], line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    public async Task<double> MetricAsync(string name) => (await MetricsAsync())[name];

    /// <summary>Waits until that many sessions have been recorded, and none lives.</summary>
    public Task HasEndedAsync(int sessions) =>
        Eventually.Holds(() => _node.Sessions == 0 && Sessions.Count == sessions, () => $"{_node.Sessions} sessions live, {Sessions.Count} were recorded: {string.Join('\n', Sessions)}");

    /// <summary>Waits until it is ready for all that its settings promise.</summary>
    public Task IsReadyAsync() => Eventually.Holds(async () =>
    {
        await Task.Delay(20);
        return (await GetAsync("/readyz")).GetProperty("ready").GetBoolean();
    }, () => $"{Name} is not ready");

    /// <summary>Ends it, and all its sessions.</summary>
    public async Task EndAsync()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        _http.Dispose();
        await _node.DisposeAsync();
        await _log.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await EndAsync();
}
