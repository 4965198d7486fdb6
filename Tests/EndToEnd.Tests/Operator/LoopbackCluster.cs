using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gateway.Protocol;
using Socks64Actors.EndToEnd.Tests.Lab;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Operator;

/// <summary>
/// Gateways on loopback that form a cluster, each with its operator's door: entries that take clients over IPv4, relays that members reach
/// over IPv6, exits that they reach over IPv4, and the chain relay, exit between, where there are relays.
/// </summary>
internal sealed class LoopbackCluster : IAsyncDisposable
{
    private const string Chain =
        """
        socks64.chains.lab.hops = [{ role = relay, over = ipv6, pick = round-robin }, { role = exit, over = ipv4, pick = least-sessions }]
        socks64.routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = lab }, { to = ["127.0.0.0/8", "::1/128"], via = direct }, { to = any, via = direct }]
        """;

    private const int DoorPort = 8558, SocksPort = 1080, MembersPort = 4053;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("socks64-browser-");
    private readonly Socket _claim;
    private readonly byte _slot;
    private readonly string[] _names;
    private readonly Func<string, string>? _settings;
    private readonly Dictionary<string, Process> _processes = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    private LoopbackCluster(string[] names, Func<string, string>? settings)
    {
        (_names, _settings) = (names, settings);
        (_claim, _slot) = Claim();
    }

    /// <param name="names">The first letter is the role: e, r, x.</param>
    /// <param name="settings">HOCON that one of a name gets beside what all have.</param>
    public static async Task<LoopbackCluster> StartAsync(string[] names, Func<string, string>? settings = null)
    {
        var cluster = new LoopbackCluster(names, settings);
        try
        {
            foreach (var name in names)
                cluster.Write(name);
            await Task.WhenAll(names.Select(cluster.StartAsync));
            if (names.Length > 1)
                await cluster.HasMembersAsync(names.Length);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Uri Door(string name) => new($"http://{AddressOf(name)}:{DoorPort}/");

    public LiteralEndpoint Socks(string name) => LiteralEndpoint.From(new IPEndPoint(AddressOf(name), SocksPort));

    /// <summary>The process gets no chance to say goodbye.</summary>
    public void Kill(string name)
    {
        _processes[name].Kill();
        _processes[name].WaitForExit();
    }

    /// <summary>The process keeps its connections and does nothing.</summary>
    public void Pause(string name) => Signal("STOP", name);

    public void Resume(string name) => Signal("CONT", name);

    /// <summary>The settings of one, as it reads them next time.</summary>
    /// <param name="more">HOCON behind all the rest.</param>
    public void Write(string name, string more = "") => File.WriteAllText(FileOf(name), $"{SettingsOf(name)}\n{_settings?.Invoke(name)}\n{more}\n");

    /// <summary>On the old addresses.</summary>
    public async Task StartAsync(string name)
    {
        var process = _processes[name] = Command.Start(GatewayBinary.Path, ["run", "-c", FileOf(name)]);
        var said = new ConcurrentQueue<string?>();
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data);
        process.BeginErrorReadLine();
        var ready = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(ready?.StartsWith("READY ", StringComparison.Ordinal), $"{name} is not ready: {string.Join('\n', said)}");
    }

    /// <summary>Until the first gateway sees so many, all of them reachable, and the entries have a way through their chain.</summary>
    public Task HasMembersAsync(int count) => Eventually.Holds(async () =>
    {
        await Task.Delay(50);
        var members = (await GetAsync(_names[0], "api/cluster")).GetProperty("members").EnumerateArray().Count(member => member.GetProperty("reachable").GetBoolean());
        var entries = await NodesAsync(_names[0], "api/chains?node=*");
        return members == count && entries.Where(entry => entry.Key[0] == 'e' && entry.Value.TryGetProperty("chains", out _))
            .All(entry => entry.Value.GetProperty("chains").EnumerateArray().All(chain => chain.GetProperty("live").GetBoolean()));
    }, () => $"there are not {count} members");

    public async Task<JsonElement> GetAsync(string name, string path) => (await SendAsync(HttpMethod.Get, name, path)).Body;

    /// <summary>What a gateway's door answers to the operator; body and code.</summary>
    public async Task<(int Code, JsonElement Body)> SendAsync(HttpMethod method, string name, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Door(name), path));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Reads a stream of events until all of those have come, as <c>NODE KIND</c>.</summary>
    public async Task FollowsAsync(string name, string path, string? token, IEnumerable<string> expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Door(name), path));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        for (var missing = expected.ToHashSet(); missing.Count > 0;)
        {
            var line = await reader.ReadLineAsync().WaitAsync(Eventually.Patience);
            Assert.True(line is not null, $"the stream ends before {string.Join(", ", missing)}");
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line["data: ".Length..]).RootElement is var news)
                missing.Remove($"{news.GetProperty("node").GetString()} {news.GetProperty("kind").GetString()}");
        }
    }

    /// <summary>What gateways of the cluster answer through the one that is asked, by name.</summary>
    public async Task<Dictionary<string, JsonElement>> NodesAsync(string name, string path) =>
        (await GetAsync(name, path)).GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("node").GetString()!);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        _http.Dispose();
        _claim.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Signal(string signal, string name)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _processes[name].Id.ToString()]);
        kill.WaitForExit();
    }

    private IPAddress AddressOf(string name) => new([127, 65, _slot, (byte)(Array.IndexOf(_names, name) + 1)]);

    private string FileOf(string name) => Path.Combine(_folder.FullName, $"{name}.conf");

    private string SettingsOf(string name)
    {
        var seeds = string.Join(", ", _names.Select(seed => $"\"akka.tcp://socks64@{AddressOf(seed)}:{MembersPort}\""));
        var role = name[0] switch { 'e' => "entry", 'r' => "relay", _ => "exit" };
        var listener = role == "relay" ? "[::1]:0" : Socks(name).ToString();
        return $$"""
            socks64 {
              node { name = "{{name}}", roles = [{{role}}] }
              listeners = [{ address = "{{listener}}", auth = [{{(role == "entry" ? "none" : "password")}}] }]
              users { alice { password = "pbkdf2-sha256$600000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" } }
              admin.address = "{{AddressOf(name)}}:{{DoorPort}}"
              cluster.secret = "a secret of thirty-two characters"
            }
            akka.remote.dot-netty.tcp { hostname = "{{AddressOf(name)}}", port = {{MembersPort}} }
            {{(_names.Any(member => member[0] == 'r') ? Chain : "")}}
            akka.cluster.seed-nodes = [{{(_names.Length > 1 ? seeds : "")}}]
            """;
    }

    /// <summary>A third octet below 127.65.0.0/16 that nobody has; whoever holds its last address owns it.</summary>
    private static (Socket Claim, byte Slot) Claim()
    {
        for (var slot = (byte)1; slot < 255; slot++)
        {
            var claim = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                claim.Bind(new IPEndPoint(new IPAddress([127, 65, slot, 254]), MembersPort));
                claim.Listen();
                return (claim, slot);
            }
            catch (SocketException)
            {
                claim.Dispose();
            }
        }
        throw new InvalidOperationException("all addresses for labs are taken");
    }
}
