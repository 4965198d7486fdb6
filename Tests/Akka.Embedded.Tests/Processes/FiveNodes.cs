using System.Net;
using System.Net.Sockets;

namespace Akka.Embedded.Tests.Processes;

/// <summary>Five nodes in five processes; the first two are the seeds.</summary>
internal sealed class FiveNodes : IDisposable
{
    private readonly string _hocon;
    private readonly string _seeds;

    /// <param name="stableAfter">Of the split brain resolver.</param>
    /// <param name="hosts">Where each runs: address and network namespace; empty: all on the loopback.</param>
    public FiveNodes(string stableAfter, params (string Address, string? Netns)[] hosts)
    {
        if (hosts.Length == 0)
            hosts = [.. Enumerable.Repeat(("127.0.0.1", (string?)null), 5)];
        _hocon = $$"""
            akka {
              remote.retry-gate-closed-for = 1s
              cluster {
                retry-unsuccessful-join-after = 3s
                gossip-interval = 200ms, leader-actions-interval = 200ms, unreachable-nodes-reaper-interval = 200ms, periodic-tasks-initial-delay = 200ms
                failure-detector { heartbeat-interval = 250ms, acceptable-heartbeat-pause = {{AcceptablePause.TotalMilliseconds}}ms }
                split-brain-resolver.stable-after = {{stableAfter}}
              }
            }
            """;
        var ports = FreePorts(5);
        _seeds = $"{hosts[0].Address}:{ports[0]},{hosts[1].Address}:{ports[1]}";
        Nodes = [.. hosts.Select((host, i) => new NodeProcess(host.Address, ports[i], _seeds, _hocon, host.Netns))];
    }

    public static TimeSpan AcceptablePause { get; } = TimeSpan.FromSeconds(2);

    public List<NodeProcess> Nodes { get; }

    /// <summary>Every node has seen every node come up, and watches an actor of every other.</summary>
    public async Task Formed()
    {
        foreach (var node in Nodes)
            await IsIn(node, 0);
        await Settled();
    }

    /// <summary>All agree, and nobody misses anybody.</summary>
    public Task Settled() => Until(() => Nodes.TrueForAll(node => node.IsSettled), () => "not all are settled");

    /// <summary>This node has seen every node come up since that moment, and watches an actor of every other.</summary>
    public async Task IsIn(NodeProcess node, long moment)
    {
        foreach (var other in Nodes)
            await Printed(node, $"MemberUp {other.Name}", moment);
        foreach (var other in Nodes.Where(other => other != node))
            await Printed(node, $"Watching {other.Name}", moment);
    }

    /// <summary>Starts another incarnation of a node that has ended.</summary>
    public NodeProcess Restart(NodeProcess node)
    {
        var parts = node.Name.Split(':');
        var again = new NodeProcess(parts[0], int.Parse(parts[1]), _seeds, _hocon);
        Nodes[Nodes.IndexOf(node)] = again;
        node.Dispose();
        return again;
    }

    public Task Printed(NodeProcess node, string line, long moment) =>
        Until(() => node.When(line, moment) is not null, () => $"{node.Name} never printed [{line}]");

    public Task Until(Func<bool> condition, Func<string> otherwise) =>
        Eventually.Holds(condition, () => $"{otherwise()}\n{Transcript()}", TimeSpan.FromSeconds(60));

    public string Transcript() => string.Join("\n", Nodes.Select(node => node.Transcript()));

    public void Dispose() => Nodes.ForEach(node => node.Dispose());

    /// <summary>Below the range from which the system gives ports to outgoing connections, so that none is taken before its node starts.</summary>
    public static int[] FreePorts(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            var port = Random.Shared.Next(10_000, 30_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Any, port);
                probe.Start();
                ports.Add(port);
            }
            catch (SocketException)
            {
                continue;
            }
        }

        return [.. ports];
    }
}
