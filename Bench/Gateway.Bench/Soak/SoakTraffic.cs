using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>
/// Clients of all kinds, and one after the other a client that nothing may happen to: the health connect. Where nobody is killed,
/// whatever does not go as it should is a failure.
/// </summary>
internal sealed class SoakTraffic
{
    private const int Workers = 32;

    private readonly IPEndPoint _gateway, _steady, _fickle, _udp;
    private readonly (string Name, int Weight, Func<Random, Task> Run)[] _kinds;
    private readonly ConcurrentDictionary<string, int> _done = new();
    private readonly ConcurrentQueue<string> _failures = new();

    public SoakTraffic(IPEndPoint gateway, IPEndPoint steady, IPEndPoint fickle, IPEndPoint udp)
    {
        (_gateway, _steady, _fickle, _udp) = (gateway, steady, fickle, udp);
        _kinds =
        [
            ("connect", 50, random => ConnectAsync(random, 64)),
            ("bulk", 6, random => ConnectAsync(random, random.Next(1 << 20, 16 << 20))),
            ("connect, killed", 12, random => FromFickleAsync(random, 64)),
            ("bulk, killed", 4, random => FromFickleAsync(random, random.Next(1 << 20, 8 << 20))),
            ("refused", 8, RefusedAsync),
            ("udp", 10, UdpAsync),
            ("bind", 10, BindAsync),
        ];
    }

    /// <summary>How often each kind was done, how often its client vanished, and how often the health connect succeeded.</summary>
    public IEnumerable<KeyValuePair<string, int>> Done => _done.OrderBy(kind => kind.Key);

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The slowest health connect.</summary>
    public TimeSpan SlowestHealth { get; private set; }

    public Task RunAsync(CancellationToken until) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => WorkAsync(new Random(worker), until)).Append(WatchHealthAsync(until)));

    private async Task WorkAsync(Random random, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var at = random.Next(_kinds.Sum(kind => kind.Weight));
            var (name, _, run) = _kinds.First(kind => (at -= kind.Weight) < 0);
            await TryAsync(name, () => run(random));
            await Task.Delay(random.Next(40), CancellationToken.None);
        }
    }

    private async Task WatchHealthAsync(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await TryAsync("health", async () =>
            {
                using var client = new SoakClient(_gateway, Random.Shared, mayVanish: false);
                Expect(ReplyCode.Succeeded, await client.AskAsync(SocksCommand.Connect, _steady));
                await client.EchoAsync(64);
            });
            SlowestHealth = watch.Elapsed > SlowestHealth ? watch.Elapsed : SlowestHealth;
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private async Task TryAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (VanishedException)
        {
            name += ", vanished";
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or InvalidDataException or ProtocolException)
        {
            _failures.Enqueue($"{name}: {failure.GetType().Name}: {failure.Message}");
            name += ", FAILED";
        }
        _done.AddOrUpdate(name, 1, (_, count) => count + 1);
    }

    private async Task ConnectAsync(Random random, int length)
    {
        using var client = new SoakClient(_gateway, random, mayVanish: true);
        Expect(ReplyCode.Succeeded, await client.AskAsync(SocksCommand.Connect, _steady));
        await client.EchoAsync(length);
    }

    /// <summary>It may end anywhere, but it must end. A reset that comes before the gateway has looked is a refusal.</summary>
    private async Task FromFickleAsync(Random random, int length)
    {
        using var client = new SoakClient(_gateway, random, mayVanish: true);
        var reply = await client.AskAsync(SocksCommand.Connect, _fickle);
        if (reply.Code == ReplyCode.ConnectionRefused)
            return;
        Expect(ReplyCode.Succeeded, reply);
        try
        {
            await client.EchoAsync(length);
        }
        catch (Exception killed) when (killed is SocketException or EndOfStreamException)
        {
        }
    }

    private async Task RefusedAsync(Random random)
    {
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new SoakClient(_gateway, random, mayVanish: true);
        Expect(ReplyCode.ConnectionRefused, await client.AskAsync(SocksCommand.Connect, (IPEndPoint)closed.LocalEndPoint!));
    }

    private async Task UdpAsync(Random random)
    {
        using var client = new SoakClient(_gateway, random, mayVanish: true);
        var reply = Expect(ReplyCode.Succeeded, await client.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(Bound(reply));
        var datagram = new UdpHeader(0, SocksEndpoint.From(_udp)).ToBytes().Concat(Pattern.At(0, random.Next(1, 1400)).ToArray()).ToArray();
        var buffer = new byte[2048];
        for (var i = 0; i < 20; i++)
        {
            // Datagrams may be lost; one a second must get through.
            for (var arrived = false; !arrived;)
            {
                await socket.SendAsync(datagram, client.Limit);
                using var wait = CancellationTokenSource.CreateLinkedTokenSource(client.Limit);
                wait.CancelAfter(TimeSpan.FromSeconds(1));
                try
                {
                    var received = await socket.ReceiveAsync(buffer, wait.Token);
                    arrived = buffer.AsSpan(0, received).SequenceEqual(datagram) ? true : throw new InvalidDataException("another datagram than was sent");
                }
                catch (OperationCanceledException) when (!client.Limit.IsCancellationRequested)
                {
                }
            }
            client.MaybeVanish();
        }
    }

    private async Task BindAsync(Random random)
    {
        using var client = new SoakClient(_gateway, random, mayVanish: true);
        var reply = Expect(ReplyCode.Succeeded, await client.AskAsync(SocksCommand.Bind, new SocksEndpoint(SocksAddress.From(IPAddress.Loopback), 0)));
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(Bound(reply), client.Limit);
        Expect(ReplyCode.Succeeded, await client.ReadAsync<SocksReply>());
        if (random.Next(8) == 0)
        {
            peer.LingerState = new LingerOption(true, 0);
            return;
        }
        await peer.SendAsync(Pattern.At(0, 100), client.Limit);
        await client.ReceivePatternAsync(100);
        client.MaybeVanish();
    }

    private static IPEndPoint Bound(SocksReply reply) =>
        reply.Bound.TryGetLiteral(out var bound) ? bound.ToIPEndPoint() : throw new InvalidDataException($"BND {reply.Bound}");

    private static SocksReply Expect(ReplyCode code, SocksReply reply) =>
        reply.Code == code ? reply : throw new InvalidDataException($"the reply is {reply.Code}, not {code}");
}
