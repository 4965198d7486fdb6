namespace Gateway.Node.Tests.Nodes;

/// <summary>Three gateways of one cluster on loopback: <c>e</c> sends everything through <c>r1</c> and <c>r2</c>, in this order.</summary>
internal sealed class ChainedNodes : IAsyncDisposable
{
    private const int Port = 4053;

    private static int s_blocks = Random.Shared.Next(1 << 14);

    private ChainedNodes(NodeLab entry, NodeLab first, NodeLab second) => (Entry, First, Second) = (entry, first, second);

    public NodeLab Entry { get; }

    public NodeLab First { get; }

    public NodeLab Second { get; }

    public IReadOnlyList<NodeLab> All => [Entry, First, Second];

    /// <param name="settings">HOCON under <c>socks64</c>, of all three.</param>
    /// <param name="entry">The same, of the entry alone.</param>
    public static async Task<ChainedNodes> StartAsync(string settings = "", string entry = "")
    {
        var hosts = Hosts();
        var second = await StartAsync("r2", "second", 2, hosts, settings);
        var first = await StartAsync("r1", "first", 1, hosts, settings);
        var nodes = new ChainedNodes(await StartAsync("e", "entry", 0, hosts, $$"""
            chains.lab.hops = [{ role = first }, { role = second }]
            routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = lab }]
            {{settings}}
            {{entry}}
            """), first, second);
        await nodes.Entry.IsReadyAsync();
        return nodes;
    }

    /// <summary>Loopback addresses for the members of one cluster, which nobody else of this process has.</summary>
    public static string[] Hosts()
    {
        var block = Interlocked.Increment(ref s_blocks) & 0x3FFF;
        return [.. Enumerable.Range(1, 3).Select(host => $"127.{64 + (block >> 8)}.{block & 0xFF}.{host}")];
    }

    /// <summary>Akka's settings of the member at <paramref name="place"/>.</summary>
    public static string Akka(string[] hosts, int place) => $$"""
        cluster {
          seed-nodes = ["akka.tcp://socks64@{{hosts[0]}}:{{Port}}", "akka.tcp://socks64@{{hosts[^1]}}:{{Port}}"]
          gossip-interval = 200 ms, leader-actions-interval = 200 ms, periodic-tasks-initial-delay = 200 ms, seed-node-timeout = 1 s
        }
        remote.dot-netty.tcp { hostname = "{{hosts[place]}}", port = {{Port}} }
        """;

    /// <summary>The loopback addresses of another machine are closed until a route names them; here all nodes are one machine's.</summary>
    public static string Relay(string role) => $$"""
        node.roles = [{{role}}]
        routes = [{ to = ["127.0.0.0/8", "::1/128"], via = direct }, { to = any, via = direct }]
        """;

    public async ValueTask DisposeAsync() => await Task.WhenAll(All.Select(node => node.EndAsync()));

    private static Task<NodeLab> StartAsync(string name, string role, int place, string[] hosts, string settings) =>
        NodeLab.StartAsync(name, $"{(role == "entry" ? "" : Relay(role))}\n{settings}", Akka(hosts, place));
}
