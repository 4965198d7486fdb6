using System.Diagnostics;
using Akka.Cluster;

namespace Akka.Bench;

/// <summary>A cluster in one process, with the lab's settings.</summary>
internal static class ClusterBench
{
    private const string Lab = """
        akka {
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
          cluster {
            log-info = off
            gossip-interval = 200ms, leader-actions-interval = 200ms, unreachable-nodes-reaper-interval = 200ms, periodic-tasks-initial-delay = 200ms
            failure-detector { heartbeat-interval = 250ms, acceptable-heartbeat-pause = 1s }
          }
        }
        """;

    public static async Task StartAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            var system = Measure.StartSystem(Lab);
            var started = clock.Elapsed;
            var work = Environment.CpuUsage.TotalTime - processor;
            var cluster = Akka.Cluster.Cluster.Get(system);
            await cluster.JoinAsync(cluster.SelfAddress);
            Measure.Print(i == 0 ? "cluster node, first" : "cluster node", $"started in {started.TotalMilliseconds:F1} ms ({work.TotalMilliseconds:F0} ms of processor), up in {clock.Elapsed.TotalMilliseconds:F1} ms");
            await system.Terminate();
        }
    }

    public static async Task ConvergeAsync()
    {
        foreach (var size in new[] { 3, 10 })
        {
            var clusters = Enumerable.Range(0, size).Select(_ => Akka.Cluster.Cluster.Get(Measure.StartSystem(Lab))).ToArray();
            var clock = Stopwatch.StartNew();
            await clusters[0].JoinAsync(clusters[0].SelfAddress);
            foreach (var cluster in clusters[1..])
                cluster.Join(clusters[0].SelfAddress);
            while (!clusters.All(cluster => cluster.State.Members.Count(member => member.Status == MemberStatus.Up) == size))
                await Task.Delay(5);
            Measure.Print($"{size} nodes", $"all see all up {clock.Elapsed.TotalMilliseconds:F0} ms after the first joined");
            await Task.WhenAll(clusters.Select(cluster => cluster.System.Terminate()));
        }
    }
}
