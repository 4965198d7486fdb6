using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>
/// 1. 9,000 idle connections are held and weighed. 2. Mixed traffic, with random kills of clients and destinations, and garbage. 3. When
/// all have left, the gateway must be as it was: sockets, memory, a log without complaints, no session that keeps it from draining.
/// </summary>
internal sealed class SoakRun : IDisposable
{
    private const int IdleConnections = 9_000, Warm = 200;

    /// <summary>What the end may have over a moment early in the traffic: the heap's mood, not a leak.</summary>
    private const long MostGrowth = 24L << 20;

    /// <summary>Longer than a refused client may linger.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private readonly Targets _targets = new();
    private readonly EchoTarget _steady = new(isFickle: false), _fickle = new(isFickle: true);
    private readonly RunningServer _gateway;
    private readonly int _sockets;
    private readonly List<string> _faults = [];

    private SoakRun(ServerSpec spec)
    {
        _gateway = RunningServer.Start(spec, _targets.Tcp.Port, out var reason) ?? throw new InvalidOperationException($"{spec.Name}: {reason}");
        // The look whether it accepts was a client too.
        Thread.Sleep(1000);
        _sockets = _gateway.Sockets;
    }

    private IPEndPoint Endpoint => new(IPAddress.Loopback, _gateway.Port);

    /// <summary>0 when all is well.</summary>
    public static int Run(TimeSpan traffic)
    {
        using var soak = new SoakRun(ServerSpec.All.Single(server => server.Name == "socks64"));
        soak.HoldIdle();
        soak.Carry(traffic);
        soak.LookForWhatStayed();
        soak._faults.ForEach(fault => Console.WriteLine($"FAILED    {fault}"));
        Console.WriteLine(soak._faults.Count == 0 ? "passed" : "failed");
        return soak._faults.Count == 0 ? 0 : 1;
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _targets.Dispose();
        _steady.Dispose();
        _fickle.Dispose();
    }

    private void HoldIdle()
    {
        IdleMode.Open(_gateway, _targets, Warm).ForEach(socket => socket.Dispose());
        Settle(() => _gateway.Sockets <= _sockets);
        var (before, watch) = (_gateway.ResidentOctets, Stopwatch.StartNew());
        var openers = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () => IdleMode.Open(_gateway, _targets, IdleConnections / 8), TaskCreationOptions.LongRunning)).ToArray();
        List<Socket> held = [.. openers.SelectMany(opener => opener.Result)];
        Console.WriteLine($"idle      {held.Count} connections in {watch.Elapsed.TotalSeconds:0.0} s, {_gateway.Sockets} sockets, "
            + $"{(_gateway.ResidentOctets - before) / held.Count} octets resident each");
        held.ForEach(socket => socket.Dispose());
        Check(Settle(() => _gateway.Sockets <= _sockets), () => $"{_gateway.Sockets} sockets after the idle connections, {_sockets} before");
        Console.WriteLine($"          {Mebi(before)} before, {Mebi(_gateway.ResidentOctets)} after");
    }

    private void Carry(TimeSpan time)
    {
        var udp = new IPEndPoint(IPAddress.Loopback, _targets.Udp.Port);
        var traffic = new SoakTraffic(Endpoint, _steady.Endpoint, _fickle.Endpoint, udp);
        using var end = new CancellationTokenSource(time);
        var cpu = _gateway.CpuSeconds;
        var running = traffic.RunAsync(end.Token);
        var pouring = Task.Factory.StartNew(() => GarbagePour.Run(Endpoint), TaskCreationOptions.LongRunning);
        Task.WhenAny(running, Task.Delay(time / 4)).Wait();
        var early = _gateway.ResidentOctets;
        Task.WaitAll(running, pouring);

        Console.WriteLine($"traffic   {time.TotalMinutes:0.#} min, {_gateway.CpuSeconds - cpu:0} s CPU of the gateway, slowest health connect {traffic.SlowestHealth.TotalMilliseconds:0} ms");
        foreach (var (kind, count) in traffic.Done)
            Console.WriteLine($"          {count,8} {kind}");
        foreach (var failure in traffic.Failures.GroupBy(failure => failure))
            _faults.Add($"{failure.Count()} x {failure.Key}");
        Check(Settle(() => _gateway.Sockets <= _sockets), () => $"{_gateway.Sockets} sockets after the traffic, {_sockets} before");
        var late = _gateway.ResidentOctets;
        Console.WriteLine($"          {Mebi(early)} after a quarter of it, {Mebi(late)} when all had left, {_gateway.PipeEnds} pipe ends kept");
        Check(late - early <= MostGrowth, () => $"memory has grown from {Mebi(early)} to {Mebi(late)}");
    }

    private void LookForWhatStayed()
    {
        foreach (var complaint in _gateway.Complaints.Take(20))
            _faults.Add($"log: {complaint}");
        Check(!_gateway.HasExited, () => $"the gateway has exited: {_gateway.LastError}");
        var exit = _gateway.HasExited ? null : _gateway.Terminate(Settling);
        Check(exit == 0, () => $"a drain without clients ends with {exit?.ToString() ?? "nothing"}: {_gateway.LastError}");
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
