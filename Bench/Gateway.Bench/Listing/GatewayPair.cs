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
        AwaitCluster();
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
            var nodes = JsonDocument.Parse(http.GetStringAsync("api/pulse").Result).RootElement.GetProperty("nodes").EnumerateArray().ToList();
            if (nodes.Count == 2 && !nodes.Any(node => node.TryGetProperty("error", out _)))
                return;
        }
        throw new InvalidOperationException("the gateways are no cluster");
    }
}
