using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>New connections at a steady rate, and long transfers, from one host through all entries to all destinations in turn.</summary>
internal sealed class KillingLoad
{
    /// <summary>Well beyond a chain's deadline.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A transfer that stands still for so long is lost.</summary>
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(60);

    /// <summary>Octets of a transfer there and back, each time.</summary>
    private const int Round = 4096;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(100);

    private readonly NamespaceSockets _sockets;
    private readonly IPEndPoint[] _entries, _destinations;
    private readonly ConcurrentQueue<Connected> _connections = new();
    private readonly ConcurrentQueue<LostTransfer> _lost = new();
    private readonly ConcurrentQueue<(DateTime Until, TimeSpan Length)> _stalls = new();
    private int _turn, _finished, _pending;

    public KillingLoad(NamespaceSockets sockets, IPEndPoint[] entries, IPEndPoint[] destinations) =>
        (_sockets, _entries, _destinations) = (sockets, entries, destinations);

    public IReadOnlyCollection<Connected> Connections => _connections;

    public IReadOnlyCollection<LostTransfer> Lost => _lost;

    /// <summary>Rounds of transfers that took longer than a second.</summary>
    public IReadOnlyCollection<(DateTime Until, TimeSpan Length)> Stalls => _stalls;

    /// <summary>Transfers that came to their end.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>Connections that have yet to come to something.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Until cancelled, and then until all have ended.</summary>
    /// <param name="rate">New connections a second.</param>
    /// <param name="transfers">At one time.</param>
    public Task RunAsync(int rate, int transfers, CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(0, transfers).Select(number => TransferAsync(new Random(number), until)).Append(ConnectAsync(rate, until)));

    private async Task ConnectAsync(int rate, CancellationToken until)
    {
        var running = new ConcurrentDictionary<Task, bool>();
        var watch = Stopwatch.StartNew();
        for (long begun = 0; !until.IsCancellationRequested;)
        {
            for (; begun < watch.Elapsed.TotalSeconds * rate; begun++)
            {
                var one = OneAsync();
                running[one] = true;
                _ = one.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
            }
            await Task.Delay(5, CancellationToken.None);
        }
        await Task.WhenAll(running.Keys);
    }

    private async Task OneAsync()
    {
        var (entry, destination) = Next();
        var (begun, watch, client) = (DateTime.UtcNow, new Stopwatch(), "");
        string? failure = null, broke = null;
        Interlocked.Increment(ref _pending);
        using var soak = new SoakClient(entry, Random.Shared, mayVanish: false, await _sockets.OpenTcpAsync(AddressFamily.InterNetwork), Patience);
        watch.Start();
        try
        {
            var reply = await soak.AskAsync(SocksCommand.Connect, destination);
            watch.Stop();
            client = soak.Local.ToString();
            if (reply.Code == ReplyCode.Succeeded)
                broke = await TryAsync(() => soak.EchoAsync(1));
            else
                failure = $"{reply.Code}";
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            failure = $"{fault.GetType().Name}: {fault.Message}";
        }
        Interlocked.Decrement(ref _pending);
        _connections.Enqueue(new(begun, watch.Elapsed, client, failure, broke));
    }

    private async Task TransferAsync(Random random, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var (entry, destination) = Next();
            using var soak = new SoakClient(entry, random, mayVanish: false, await _sockets.OpenTcpAsync(AddressFamily.InterNetwork), Timeout.InfiniteTimeSpan);
            var (begun, asked) = (DateTime.UtcNow, Stopwatch.StartNew());
            ReplyCode? code = null;
            var failure = await TryAsync(async () => code = (await soak.AskAsync(SocksCommand.Connect, destination).WaitAsync(Patience)).Code);
            if (code != ReplyCode.Succeeded)
            {
                _connections.Enqueue(new(begun, asked.Elapsed, "", failure ?? $"{code}", null));
                await Task.Delay(BetweenRounds, CancellationToken.None);
                continue;
            }
            var life = Stopwatch.StartNew();
            var length = TimeSpan.FromSeconds(20 + random.Next(40));
            string? cause = null;
            while (cause is null && life.Elapsed < length && !until.IsCancellationRequested)
            {
                var round = Stopwatch.StartNew();
                cause = await TryAsync(() => soak.EchoAsync(Round).WaitAsync(LongestStall));
                if (cause is null && round.Elapsed > TimeSpan.FromSeconds(1))
                    _stalls.Enqueue((DateTime.UtcNow, round.Elapsed));
                await Task.Delay(BetweenRounds, CancellationToken.None);
            }
            if (cause is null)
                Interlocked.Increment(ref _finished);
            else
                _lost.Enqueue(new(DateTime.UtcNow, soak.Local.ToString(), cause));
        }
    }

    private (IPEndPoint Entry, IPEndPoint Destination) Next()
    {
        var turn = (uint)Interlocked.Increment(ref _turn);
        return (_entries[turn % _entries.Length], _destinations[turn / _entries.Length % _destinations.Length]);
    }

    private static async Task<string?> TryAsync(Func<Task> step)
    {
        try
        {
            await step();
            return null;
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            return $"{fault.GetType().Name}: {fault.Message}";
        }
    }

    private static bool IsEnd(Exception fault) =>
        fault is IOException or SocketException or OperationCanceledException or TimeoutException or InvalidDataException or ProtocolException;
}
