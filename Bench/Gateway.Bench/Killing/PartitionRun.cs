using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>
/// A cluster of five that falls into three and two, for a while that it waits out and for one after which each side has given the other up; and
/// a cluster of two of which either dies. Clients of every part must be served all the time, and afterwards it is one cluster, by itself.
/// </summary>
internal sealed class PartitionRun
{
    private const int EchoPort = 7, Rate = 20, Transfers = 10;

    /// <summary>For one cluster to stand again.</summary>
    private static readonly TimeSpan Healing = TimeSpan.FromSeconds(30);

    /// <summary>For a restarted node to be used again.</summary>
    private static readonly TimeSpan UsedAgain = TimeSpan.FromSeconds(5);

    private const string Five =
        """
        lab {
          networks { front = ipv4, back = ipv4, far4 = ipv4, control = ipv4 }
          control = control
          nodes {
            e1 { roles = [entry], networks = [front, back, control], listen = [front] }
            x1 { roles = [exit], networks = [back, far4, control], listen = [back] }
            x2 { roles = [exit], networks = [back, far4, control], listen = [back] }
            e2 { roles = [entry], networks = [front, back, control], listen = [front] }
            x3 { roles = [exit], networks = [back, far4, control], listen = [back] }
          }
          clients { c4.networks = [front] }
          destinations { d4.networks = [far4] }
        }
        socks64 {
          cluster.give-up-after = 10s
          chains.lab.hops = [{ role = exit, over = ipv4 }]
          routes = [{ to = any, via = lab }, { to = any, via = direct }]
        }
        """;

    private const string Two =
        """
        lab {
          networks { front = ipv4, far4 = ipv4, control = ipv4 }
          control = control
          nodes {
            g1 { roles = [exit], networks = [front, far4, control], listen = [front, control] }
            g2 { roles = [exit], networks = [front, far4, control], listen = [front, control] }
          }
          clients { c4.networks = [front] }
          destinations { d4.networks = [far4] }
        }
        socks64 {
          chains.lab.hops = [{ role = exit, over = ipv4 }]
          routes = [{ to = any, ports = [8], via = lab }, { to = any, via = direct }]
        }
        """;

    private readonly List<string> _faults = [];

    /// <summary>0 when all is well.</summary>
    public static int Run()
    {
        var run = new PartitionRun();
        run.FallApart();
        run.LoseOneOfTwo();
        run._faults.ForEach(fault => Console.WriteLine($"FAILED    {fault}"));
        Console.WriteLine(run._faults.Count == 0 ? "passed" : "failed");
        return run._faults.Count == 0 ? 0 : 1;
    }

    private void FallApart()
    {
        string[] three = ["e1", "x1", "x2"], two = ["e2", "x3"], all = [.. three, .. two];
        using var lab = new ScriptedLab(Five);
        using var echo = new EchoTarget(lab.Listen("d4", EchoPort));
        using var watch = new ClusterWatch(lab);
        Check(watch.UntilTheySeeAsync(all, Healing).Result, "five nodes do not see each other");
        Console.WriteLine("| cut of 3 + 2 for | new connections | failed | added setup max, ms | each side sees itself after, s | one cluster after healing, s | members that changed clusters | transfers lost |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var length in new[] { TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(25) })
        {
            var load = new KillingLoad(lab.Inside("c4"), [lab.Endpoint("e1"), lab.Endpoint("e2")], [echo.Endpoint]);
            using var end = new CancellationTokenSource();
            var running = load.RunAsync(Rate, Transfers, end.Token);
            Thread.Sleep(TimeSpan.FromSeconds(3));
            var yielded = Yielded(lab, all);
            lab.Run("cut", string.Join(',', three), string.Join(',', two));
            var cut = Stopwatch.StartNew();
            var apart = Task.WhenAll(watch.UntilTheySeeAsync(three, length), watch.UntilTheySeeAsync(two, length)).Result;
            Check(apart.Contains(null) ? null : apart.Max(), "the sides do not see that they are alone");
            Thread.Sleep(length > cut.Elapsed ? length - cut.Elapsed : TimeSpan.Zero);
            lab.Run("heal");
            var healed = watch.UntilTheySeeAsync(all, Healing).Result;
            Check(healed, $"after a cut of {length.TotalSeconds:0} s there is not one cluster");
            // Two clusters that have met wait a little before one gives itself up, and are one only then.
            Thread.Sleep(Healing - (healed ?? Healing));
            Check(watch.UntilTheySeeAsync(all, TimeSpan.FromSeconds(1)).Result, $"after a cut of {length.TotalSeconds:0} s the cluster does not stay one");
            end.Cancel();
            running.Wait();
            yielded = Yielded(lab, all) - yielded;
            if (length > TimeSpan.FromSeconds(20) && yielded == 0)
                _faults.Add("no member gave its cluster up for the other: there never were two");
            Tell(load, $"{length.TotalSeconds:0} s", $"{apart.Max()?.TotalSeconds:0.0} | {healed?.TotalSeconds:0.0} | {yielded}");
        }
    }

    private void LoseOneOfTwo()
    {
        string[] all = ["g1", "g2"];
        using var lab = new ScriptedLab(Two);
        using var echo = new EchoTarget(lab.Listen("d4", EchoPort));
        using var beyond = new EchoTarget(lab.Listen("d4", EchoPort + 1));
        using var watch = new ClusterWatch(lab);
        Check(watch.UntilTheySeeAsync(all, Healing).Result, "two nodes do not see each other");
        Console.WriteLine();
        Console.WriteLine("| of two nodes dies | new connections at the other | failed | added setup max, ms | used again after, s | both see each other after, s | transfers lost |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (dead, alive) in new[] { ("g1", "g2"), ("g2", "g1") })
        {
            var load = new KillingLoad(lab.Inside("c4"), [lab.Endpoint(alive)], [echo.Endpoint]);
            using var end = new CancellationTokenSource();
            var running = load.RunAsync(Rate, Transfers, end.Token);
            Thread.Sleep(TimeSpan.FromSeconds(2));
            lab.Run("kill", dead);
            Thread.Sleep(TimeSpan.FromSeconds(10));
            lab.Run("restart", dead);
            var back = lab.ServingSince(dead);
            var used = UntilUsedAsync(lab, alive, beyond).Result ? DateTime.UtcNow - back : (TimeSpan?)null;
            Check(used <= UsedAgain ? used : null, $"{dead} was not used within {UsedAgain.TotalSeconds:0} s of its return ({used?.TotalSeconds:0.0} s)");
            var seen = watch.UntilTheySeeAsync(all, Healing).Result is null ? (TimeSpan?)null : DateTime.UtcNow - back;
            Check(seen, $"{dead} is not in the cluster again");
            end.Cancel();
            running.Wait();
            Tell(load, dead, $"{used?.TotalSeconds:0.0} | {seen?.TotalSeconds:0.0}");
        }
    }

    /// <summary>Whether a connection comes about whose only way leads through the other node.</summary>
    private static async Task<bool> UntilUsedAsync(ScriptedLab lab, string entry, EchoTarget beyond)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Healing; await Task.Delay(50))
        {
            using var client = new SoakClient(lab.Endpoint(entry), Random.Shared, mayVanish: false, await lab.Inside("c4").OpenTcpAsync(AddressFamily.InterNetwork));
            if ((await client.AskAsync(SocksCommand.Connect, beyond.Endpoint)).Code == ReplyCode.Succeeded)
                return true;
        }
        return false;
    }

    /// <summary>How often a node has said that it leaves its cluster for another one.</summary>
    private static int Yielded(ScriptedLab lab, string[] nodes) =>
        nodes.Sum(node => File.ReadLines(Path.Combine(lab.State, $"{node}.log")).Count(line => line.Contains("is in another cluster")));

    private void Tell(KillingLoad load, string name, string times)
    {
        var setups = load.Connections.Where(one => one.Failure is null).Select(one => one.Setup.TotalMilliseconds).Order().ToList();
        var failed = load.Connections.Where(one => one.Failure is not null).ToList();
        Console.WriteLine($"| {name} | {load.Connections.Count} | {failed.Count} | {setups[^1] - setups[setups.Count / 2]:0} | {times} | {load.Lost.Count} |");
        _faults.AddRange(failed.Select(one => $"{name}: {one.Begun:HH:mm:ss.fff} no connection after {one.Setup.TotalMilliseconds:0} ms: {one.Failure}"));
        _faults.AddRange(load.Lost.Select(lost => $"{name}: {lost.At:HH:mm:ss.fff} a transfer was lost: {lost.Cause}"));
    }

    private void Check(TimeSpan? took, string fault)
    {
        if (took is null)
            _faults.Add(fault);
    }
}
