using System.Net.Http.Headers;
using System.Text.Json;
using Akka.Configuration;
using Gateway.Actors;
using Gateway.Actors.Settings;
using Gateway.Node.Admin;
using Gateway.Node.Hosting;
using Gateway.Node.Logging;
using Gateway.Node.Metrics;
using Gateway.Node.Status;
using Testing;

namespace Gateway.Node.Tests.Admin;

/// <summary>A gateway on loopback with its operator's door, and a client that knocks there.</summary>
internal sealed class AdminLab : IAsyncDisposable
{
    /// <summary>The first description of the API is written by code that is compiled for it, which a busy machine takes its time for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = WARNING, stdout-loglevel = OFF }");

    private readonly LogWriter _log;
    private readonly Task<AdminServer> _starting;

    private readonly string _akka;

    private AdminLab(string settings, TimeProvider? time, string akka)
    {
        (Settings, _akka) = (settings, akka);
        var loaded = Load();
        Assert.Empty(loaded.Problems);
        _log = new LogWriter(Stream.Null, loaded.Settings.Log, isTerminal: false);
        Gateway = GatewayHost.Start(loaded.Settings, _log, Quiet.WithFallback(ConfigurationFactory.ParseString(loaded.Settings.Akka.Reveal())), loops: 2);
        var answers = new ClusterAnswers(Gateway, new NodeReload(Gateway, loaded, Load, _log).RunAsync);
        Gateway.Questions.Answer = answers.AnswerAsync;
        _starting = AdminServer.StartAsync(loaded.Settings.Admin.Address!.Value, loaded.Settings.Admin.Token, Gateway, answers, new GatewayMetrics(Gateway, _log), _log, time);
    }

    /// <summary>HOCON under <c>socks64</c>, as it is read again.</summary>
    public string Settings { get; set; }

    public GatewayHost Gateway { get; }

    public HttpClient Http { get; private set; } = null!;

    public Uri Address => Http.BaseAddress!;

    /// <param name="settings">HOCON under <c>socks64</c>.</param>
    /// <param name="akka">And beside it.</param>
    public static async Task<AdminLab> StartAsync(string settings = "", TimeProvider? time = null, string akka = "")
    {
        var lab = new AdminLab(settings, time, akka);
        var admin = await lab._starting;
        lab.Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = admin.Address, Timeout = Patience };
        return lab;
    }

    /// <summary>Gateways that are one cluster, each with its own settings, once all of them know each other.</summary>
    public static async Task<AdminLab[]> StartClusterAsync(params string[] settings)
    {
        var block = $"127.{Random.Shared.Next(128, 250)}.{Random.Shared.Next(250)}";
        List<AdminLab> labs = [];
        foreach (var (number, own) in settings.Index())
        {
            var here = $"{block}.{number + 1}";
            var akka = $"akka {{ remote.dot-netty.tcp {{ hostname = \"{here}\", port = 4053 }}, cluster.seed-nodes = [\"akka.tcp://socks64@{block}.1:4053\"] }}";
            labs.Add(await StartAsync($"node.name = g{number + 1}, listeners = [{{ address = \"{here}:0\" }}]\n{own}", akka: akka));
        }
        await Eventually.Holds(
            () => labs.TrueForAll(lab => lab.Gateway.Topology.Current.Others.Count(member => member.IsReachable && member.Endpoints.Count > 0) == labs.Count - 1),
            () => string.Join("; ", labs.Select(lab => $"{lab.Gateway.Settings.Node.Name} sees {string.Join(' ', lab.Gateway.Topology.Current.Others)}")));
        return [.. labs];
    }

    public Task<SocksTestClient> ConnectAsync() => SocksTestClient.ConnectAsync(Gateway.Listening[0]);

    /// <summary>Code and body.</summary>
    public async Task<(int Code, JsonElement Body)> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendRawAsync(method, path, null, headers);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default);
    }

    public Task<HttpResponseMessage> SendRawAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<(int Code, JsonElement Body)> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public Task<(int Code, JsonElement Body)> PostAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, headers);

    /// <summary>What this gateway alone answers.</summary>
    public async Task<JsonElement> OwnAsync(string path)
    {
        var (code, body) = await GetAsync(path);
        Assert.Equal(200, code);
        return Assert.Single(body.GetProperty("nodes").EnumerateArray());
    }

    public void UseToken(string token) => Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

    /// <summary>Waits until that many sessions live.</summary>
    public Task HasSessionsAsync(int count) =>
        Eventually.Holds(() => Gateway.Sessions == count, () => $"{Gateway.Sessions} sessions live, {count} are expected");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await (await _starting).DisposeAsync();
        await Gateway.DisposeAsync();
        await _log.DisposeAsync();
    }

    private LoadedSettings Load() => SettingsLoader.Load(["test.conf"], _ => $$"""
        socks64 {
          node.name = g1
          listeners = [{ address = "127.0.0.1:0" }]
          admin.address = "127.0.0.1:0"
        {{Settings}}
        }
        {{_akka}}
        """);
}
