using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>
/// The lab of hocon/lab.conf under load, while each relay and exit in turn is killed, stopped and cut off. Clients must notice nothing but a
/// delay, except those whose transfer went through the node that died, and nothing may be left when they have gone.
/// </summary>
internal sealed class KillingRun : IDisposable
{
    private const int EchoPort = 7;

    /// <summary>What an entry may hold over a moment early in the run: the heap's mood, not a leak.</summary>
    private const long MostGrowth = 48L << 20;

    /// <summary>A restarted node is used again within this time.</summary>
    private static readonly TimeSpan UsedAgain = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private static readonly string[] Entries = ["e1", "e2"], Others = ["r1", "r2", "r3", "x1", "x2"], Destinations = ["d4", "d6"];

    private readonly KillingOptions _options;
    private readonly ScriptedLab _lab;
    private readonly List<EchoTarget> _echoes;
    private readonly EntryLog _log;
    private readonly KillingLoad _load;
    private readonly IReadOnlyList<KillingEvent> _events;
    private readonly List<string> _faults = [];

    private KillingRun(KillingOptions options)
    {
        _options = options;
        _events = KillingEvent.Schedule(options.Seed, options.Events, Others);
        _lab = new ScriptedLab("hocon/lab.conf");
        try
        {
            _echoes = [.. Destinations.Select(host => new EchoTarget(_lab.Listen(host, EchoPort)))];
            _log = new EntryLog(Entries.Select(entry => Path.Combine(_lab.State, $"{entry}.log")));
            _load = new KillingLoad(_lab.Inside("c4"), [.. Entries.Select(_lab.Endpoint)], [.. _echoes.Select(echo => echo.Endpoint)]);
        }
        catch
        {
            _lab.Dispose();
            throw;
        }
        _log.Ended += Notice;
    }

    /// <summary>0 when all is well.</summary>
    public static int Run(KillingOptions options)
    {
        using var run = new KillingRun(options);
        run.Carry();
        run._faults.ForEach(fault => Console.WriteLine($"FAILED    {fault}"));
        Console.WriteLine(run._faults.Count == 0 ? "passed" : "failed");
        return run._faults.Count == 0 ? 0 : 1;
    }

    public void Dispose()
    {
        _echoes.ForEach(echo => echo.Dispose());
        _lab.Dispose();
    }

    private void Carry()
    {
        string[] nodes = [.. Entries, .. Others];
        var before = nodes.ToDictionary(node => node, node => Footprint.Of(_lab.Pid(node)));
        using var end = new CancellationTokenSource();
        Console.WriteLine($"{_options.Rate} new connections a second and {_options.Transfers} transfers; {_events.Count} events, seed {_options.Seed}");
        var watch = Stopwatch.StartNew();
        var running = _load.RunAsync(_options.Rate, _options.Transfers, end.Token);
        Thread.Sleep(TimeSpan.FromSeconds(5));
        var early = before;
        for (var number = 0; number < _events.Count; number++)
        {
            Play(_events[number]);
            if (number == _events.Count / 4)
                early = Entries.ToDictionary(entry => entry, entry => Footprint.Of(_lab.Pid(entry)));
        }
        Thread.Sleep(UsedAgain);
        end.Cancel();
        running.Wait();
        Console.WriteLine($"{_load.Connections.Count} connections and {_load.Finished} whole transfers in {watch.Elapsed.TotalMinutes:0.0} min");
        LookForWhatStayed(nodes, before, early);
        _log.Dispose();
        Judge();
    }

    private void Play(KillingEvent one)
    {
        Thread.Sleep(one.Pause);
        string Rest() => string.Join(',', Entries.Concat(Others).Concat(Destinations).Where(host => host != one.Node));
        one.Gone = DateTime.UtcNow;
        _lab.Run(one.Kind switch { KillingKind.Kill => ["kill", one.Node], KillingKind.Stop => ["pause", one.Node], _ => ["cut", one.Node, Rest()] });
        Thread.Sleep(one.Absence);
        _lab.Run(one.Kind switch { KillingKind.Kill => ["restart", one.Node], KillingKind.Stop => ["resume", one.Node], _ => ["heal"] });
        one.Back = one.Kind == KillingKind.Kill ? _lab.ServingSince(one.Node) : DateTime.UtcNow;
    }

    /// <summary>Of every session that has ended: whether it is the first through a node that came back.</summary>
    private void Notice(EntryRecord record)
    {
        foreach (var one in _events)
            if (one.Used is null && record.Started > one.Back && record.Hops.Contains(one.Node))
                one.Used = record.Started;
    }

    private void Judge()
    {
        var report = new KillingReport(_events, _load, _log);
        report.Print();
        foreach (var failed in _load.Connections.Where(connection => connection.Failure is not null))
            _faults.Add($"{failed.Begun:HH:mm:ss.fff} {failed.Client}: no connection after {failed.Setup.TotalMilliseconds:0} ms: {failed.Failure}; "
                + $"{_log.Find(failed.Client, failed.Begun.AddSeconds(1))?.Reason ?? "no record"}");
        _faults.AddRange(report.Unexplained);
        foreach (var one in _events.Where(one => one.Kind == KillingKind.Kill))
        {
            var next = _events.Where(other => other.Node == one.Node && other.Gone > one.Back).Select(other => other.Gone).FirstOrDefault(DateTime.MaxValue);
            Check(next < one.Back + UsedAgain || one.Used <= one.Back + UsedAgain,
                () => $"{one.Node} was started again at {one.Back:HH:mm:ss.fff} and first used at {one.Used:HH:mm:ss.fff}");
        }
    }

    private void LookForWhatStayed(string[] nodes, Dictionary<string, Footprint> before, Dictionary<string, Footprint> early)
    {
        foreach (var node in nodes)
        {
            var pid = _lab.Pid(node);
            // Connections between the members themselves come and go.
            var most = before[node].Sockets + 4;
            Check(Settle(() => Footprint.Of(pid).Sockets <= most), () => $"{node} has {Footprint.Of(pid).Sockets} sockets, {before[node].Sockets} before");
            var after = Footprint.Of(pid);
            Console.WriteLine($"{node}  sockets {before[node].Sockets} before, {after.Sockets} after; resident {Mebi(before[node].Resident)} before"
                + (early.ContainsKey(node) && Entries.Contains(node) ? $", {Mebi(early[node].Resident)} after a quarter" : "") + $", {Mebi(after.Resident)} after");
            if (Entries.Contains(node))
                Check(after.Resident - early[node].Resident <= MostGrowth, () => $"{node} has grown from {Mebi(early[node].Resident)} to {Mebi(after.Resident)}");
        }
        foreach (var node in nodes)
            Check(Drains(_lab.Pid(node)), () => $"{node} does not drain: a session has stayed");
    }

    /// <summary>Without sessions SIGTERM ends a node long before <c>timeouts.drain</c>.</summary>
    private static bool Drains(int pid)
    {
        using var process = Process.GetProcessById(pid);
        using var kill = Process.Start("kill", ["-TERM", pid.ToString()]);
        kill.WaitForExit();
        return process.WaitForExit(TimeSpan.FromSeconds(20));
    }

    private void Check(bool isWell, Func<string> fault)
    {
        if (!isWell)
            _faults.Add(fault());
    }

    private static bool Settle(Func<bool> isSettled)
    {
        for (var watch = Stopwatch.StartNew(); !isSettled(); Thread.Sleep(200))
        {
            if (watch.Elapsed > Settling)
                return false;
        }
        return true;
    }

    private static string Mebi(long octets) => $"{octets / (1024.0 * 1024):0.0} MiB";
}
