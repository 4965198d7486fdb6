using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Many at a time.</summary>
public class LoadTests
{
    [Fact]
    public async Task HttpClient_fetches_in_parallel()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V6);
        using var server = new TcpListener(IPAddress.IPv6Loopback, 0);
        server.Start();
        var serving = ServePagesAsync(server, 200);
        var client = new SocksClient(Ours(gateway));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 50, ConnectCallback = client.ConnectCallback });
        var url = $"http://there.test:{((IPEndPoint)server.LocalEndpoint).Port}/";

        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => http.GetStringAsync(url))).WaitAsync(Eventually.Patience);

        Assert.All(pages, page => Assert.Equal("carried", page));
        await serving;
    }

    [Fact]
    public async Task Gateway_that_dies_under_load_costs_no_connect()
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        await using var first = await TestGateway.StartAsync();
        await using var second = await TestGateway.StartAsync();
        var dying = new Front(first.Host.Listening[0].ToIPEndPoint());
        var client = new SocksClient(At(dying.Endpoint), Ours(second));
        var (isDead, bySecond) = (false, 0);

        var working = Enumerable.Range(0, 16).Select(async _ =>
        {
            for (var after = 0; after < 20; after += Volatile.Read(ref isDead) ? 1 : 0)
            {
                await using var stream = await client.ConnectAsync(echo.Endpoint).WaitAsync(Eventually.Patience);
                if (stream.Hops[0].Server == Ours(second)) Interlocked.Increment(ref bySecond);
            }
        }).ToArray();
        await Eventually.Holds(() => dying.Clients > 100, () => $"{dying.Clients} came to the first");
        dying.Dispose();
        Volatile.Write(ref isDead, true);
        await Task.WhenAll(working);

        Assert.True(bySecond >= 16 * 19, $"{bySecond} through the second");
    }

    [Fact]
    public async Task Clients_that_are_disposed_of_in_the_middle_fail_in_no_other_way()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(SocksEndpoint.From(new IPEndPoint(IPAddress.Loopback, 9)))]);
        var client = new SocksClient(At(hop.Endpoint));

        for (var turn = 0; turn < 50; turn++)
        {
            var udp = await client.AssociateAsync().WaitAsync(Eventually.Patience);
            var there = SocksEndpoint.From("there.test", 9);
            var ends = Enumerable.Range(0, 4).Select(_ => EndAsync(() => SendWithoutEndAsync(udp, there)))
                .Append(EndAsync(async () => await udp.ReceiveAsync(new byte[10]))).ToArray();
            await Task.Run(udp.Dispose);
            Assert.All(await Task.WhenAll(ends).WaitAsync(Eventually.Patience), end => Assert.IsType<ObjectDisposedException>(end));
        }
    }

    /// <summary>Sending rarely waits, so each turn is the pool's to give: other tests have sessions whose time runs meanwhile.</summary>
    private static async Task SendWithoutEndAsync(SocksUdpClient udp, SocksEndpoint there)
    {
        while (true)
        {
            await udp.SendAsync(new byte[10], there);
            await Task.Yield();
        }
    }

    private static async Task<Exception> EndAsync(Func<Task> work)
    {
        await Task.Yield();
        return await Record.ExceptionAsync(work);
    }

    /// <summary>Answers so many requests, on any number of connections.</summary>
    private static async Task ServePagesAsync(TcpListener server, int requests)
    {
        var answered = new SemaphoreSlim(0);
        _ = Task.Run(async () =>
        {
            while (true) _ = ServeAsync(await server.AcceptTcpClientAsync(), answered);
        });
        for (var i = 0; i < requests; i++) await answered.WaitAsync().WaitAsync(Eventually.Patience);
    }

    private static async Task ServeAsync(TcpClient client, SemaphoreSlim answered)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0) continue;
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ncarried"u8.ToArray());
            answered.Release();
        }
    }

    /// <summary>Stands in front of a gateway, and takes all that goes through it along when it dies.</summary>
    private sealed class Front : IDisposable
    {
        private readonly TcpDestination _listener = new(IPAddress.Loopback);
        private readonly ConcurrentBag<Socket> _sockets = [];
        private readonly IPEndPoint _to;
        private volatile bool _isDead;

        public Front(IPEndPoint to)
        {
            _to = to;
            _ = AcceptAsync();
        }

        public IPEndPoint Endpoint => _listener.Endpoint;

        public int Clients => _sockets.Count / 2;

        public void Dispose()
        {
            _isDead = true;
            _listener.Dispose();
            foreach (var socket in _sockets) socket.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (!_isDead)
            {
                var near = await _listener.AcceptAsync();
                var far = new Socket(_to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                _sockets.Add(near);
                _sockets.Add(far);
                await far.ConnectAsync(_to);
                _ = PumpAsync(near, far);
                _ = PumpAsync(far, near);
            }
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            try
            {
                var buffer = new byte[4096];
                for (int count; (count = await from.ReceiveAsync(buffer)) > 0;) await to.SendAsync(buffer.AsMemory(0, count));
                to.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                from.Dispose();
                to.Dispose();
            }
        }
    }
}
