using System.Diagnostics;
using System.Text.Json;

namespace Gateway.Bench;

/// <summary>Two gateways that form a cluster, with doors for the operator.</summary>
internal sealed class GatewayPair : IDisposable
{
    private readonly List<RunningServer> _gateways = [];

    public GatewayPair()
    {
        ushort[] members = [RunningServer.FreePort(), RunningServer.FreePort()], doors = [RunningServer.FreePort(), RunningServer.FreePort()];
        Door = new($"http://127.0.0.1:{doors[0]}/");
        for (var number = 0; number < 2; number++)
        {
            var config = $$"""
                socks64 {
                  node.name = g{{number + 1}}
                  listeners = [{ address = "127.0.0.1:{port}" }]
                  limits { sessions-per-client = 100000, handshakes = 100000 }
                  admin.address = "127.0.0.1:{{doors[number]}}"
                }
                akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = {{members[number]}} }
                akka.cluster.seed-nodes = [{{string.Join(", ", members.Select(port => $"\"akka.tcp://socks64@127.0.0.1:{port}\""))}}]
                """;
            _gateways.Add(RunningServer.Start(new($"g{number + 1}", ["out/socks64", "run", "-c", "{config}"], config), 0, out var reason)
                ?? throw new InvalidOperationException(reason));
        }
        try
        {
            AwaitCluster();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<RunningServer> Gateways => _gateways;

    /// <summary>The operator's, at the first.</summary>
    public Uri Door { get; }

    public double CpuSeconds => _gateways.Sum(gateway => gateway.CpuSeconds);

    public void Dispose() => _gateways.ForEach(gateway => gateway.Dispose());

    private void AwaitCluster()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Door };
        for (var until = Stopwatch.StartNew(); until.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(100))
        {
            if (IsClusterAsync(http).Result)
                return;
        }
        throw new InvalidOperationException("the gateways are no cluster");
    }

    private static async Task<bool> IsClusterAsync(HttpClient http)
    {
        try
        {
            var nodes = JsonDocument.Parse(await http.GetStringAsync("api/pulse")).RootElement.GetProperty("nodes").EnumerateArray().ToList();
            return nodes.Count == 2 && !nodes.Any(node => node.TryGetProperty("error", out _));
        }
        catch (HttpRequestException)
        {
            // The operator's door opens after those of the clients.
            return false;
        }
    }
}
