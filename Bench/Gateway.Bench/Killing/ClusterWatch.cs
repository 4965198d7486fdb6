using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Gateway.Bench;

/// <summary>Asks the gateways of a lab, each in its own namespace, what they see (<c>GET /api/cluster</c>).</summary>
internal sealed class ClusterWatch(ScriptedLab lab) : IDisposable
{
    private const int AdminPort = 8558;

    private readonly Dictionary<string, HttpClient> _clients = [];

    /// <summary>The names of the members that a node reaches, itself included; empty when it is in no cluster, or does not answer.</summary>
    public async Task<string[]> SeenByAsync(string node)
    {
        try
        {
            using var json = JsonDocument.Parse(await Client(node).GetStringAsync($"http://127.0.0.1:{AdminPort}/api/cluster"));
            var root = json.RootElement;
            return root.GetProperty("joined").GetBoolean()
                ? [.. root.GetProperty("members").EnumerateArray().Where(member => member.GetProperty("reachable").GetBoolean()).Select(member => member.GetProperty("name").GetString()!)]
                : [];
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>How long it takes until all of them see each other and nobody else; null when they do not in time.</summary>
    public async Task<TimeSpan?> UntilTheySeeAsync(string[] nodes, TimeSpan patience)
    {
        for (var watch = System.Diagnostics.Stopwatch.StartNew(); watch.Elapsed < patience; await Task.Delay(100))
        {
            var seen = await Task.WhenAll(nodes.Select(SeenByAsync));
            if (seen.All(names => names.Order().SequenceEqual(nodes.Order())))
                return watch.Elapsed;
        }
        return null;
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private HttpClient Client(string node) => _clients.TryGetValue(node, out var client) ? client : _clients[node] = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, until) =>
        {
            var socket = await lab.Inside(node).OpenTcpAsync(AddressFamily.InterNetwork);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, AdminPort), until);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { Timeout = TimeSpan.FromSeconds(2) };
}
