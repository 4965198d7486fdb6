using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>Clients and destinations that are gone.</summary>
public class VanishingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_may_vanish_in_every_state(bool reset)
    {
        await using var gateway = await GatewayProcess.StartAsync("socks64.timeouts.connect = 5s");
        using var silent = new SilentDestination();
        using var closed = new ClosedPort(IPAddress.Loopback);
        using var destination = new TcpDestination(IPAddress.Loopback);
        Func<SocksTestClient, Task>[] states =
        [
            client => Task.CompletedTask,
            client => client.SendAsync(new byte[] { 5 }),
            client => client.GreetAsync(AuthMethod.NoAuthentication),
            client => client.GreetAsync(AuthMethod.Password),
            async client =>
            {
                await client.GreetAsync(AuthMethod.Password);
                await client.SendAsync(new byte[] { 1, 5, (byte)'a' });
            },
            async client =>
            {
                await client.GreetAsync(AuthMethod.Password);
                await client.SendAsync(new PasswordRequest("alice", "wrong"));
            },
            async client =>
            {
                await client.GreetAsync(AuthMethod.NoAuthentication);
                await client.SendAsync(new byte[] { 5, 1, 0, 3, 9 });
            },
            client => SayAsync(client, SocksCommand.Connect, SocksEndpoint.From(silent.Endpoint)),
            client => SayAsync(client, SocksCommand.Connect, SocksEndpoint.From(closed.Endpoint)),
            client => client.AskAsync(SocksCommand.Connect, closed.Endpoint),
            client => client.AskAsync(SocksCommand.Connect, destination.Endpoint),
            async client =>
            {
                await client.AskAsync(SocksCommand.Connect, destination.Endpoint);
                await client.SendAsync(new byte[100_000]);
            },
            client => SayAsync(client, SocksCommand.Bind, SocksEndpoint.Unspecified),
            client => client.AskAsync(SocksCommand.Bind, SocksEndpoint.Unspecified),
            client => SayAsync(client, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified),
            client => client.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified),
        ];
        const int rounds = 4;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var reach in states)
            {
                var client = await gateway.ConnectAsync();
                await reach(client);
                if (reset)
                    client.Socket.Reset();
                else
                    client.Dispose();
            }
        }
        // A half-close has no limit of time: what a destination holds on to ends when it lets go.
        destination.Dispose();
        await Eventually.Holds(() => gateway.Ended == rounds * states.Length,
            () => $"{gateway.Ended} of {rounds * states.Length} have ended:\n{gateway.LastWords()}");
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task Either_end_may_reset_at_any_moment()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var destination = new TcpDestination(IPAddress.Loopback);
        var random = new Random(1928);
        for (var i = 0; i < 100; i++)
        {
            using var client = await gateway.ConnectAsync();
            await client.AskAsync(SocksCommand.Connect, destination.Endpoint);
            using var far = await destination.AcceptAsync();
            var traffic = Task.WhenAll(PourAsync(client.Socket), PourAsync(far), DrainAsync(client.Socket), DrainAsync(far));
            for (var spin = random.Next(200_000); spin > 0; spin--)
                Thread.SpinWait(1);
            var (first, second) = random.Next(2) == 0 ? (client.Socket, far) : (far, client.Socket);
            first.Reset();
            if (random.Next(2) == 0)
                second.Reset();
            // The side that stayed hears of it, or its traffic would never end.
            await traffic.WaitAsync(Eventually.Patience);
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_does_not_read_costs_no_memory(bool clientReads)
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using var destination = new TcpDestination(IPAddress.Loopback);
        var pairs = new List<(SocksTestClient Client, Socket Far, Task Pouring)>();
        for (var i = 0; i < 16; i++)
        {
            var client = await gateway.ConnectAsync();
            await client.AskAsync(SocksCommand.Connect, destination.Endpoint);
            var far = await destination.AcceptAsync();
            pairs.Add((client, far, PourAsync(clientReads ? client.Socket : far)));
        }
        await Task.WhenAny(Task.WhenAll(pairs.Select(pair => pair.Pouring)), Task.Delay(TimeSpan.FromSeconds(3)));
        Assert.All(pairs, pair => Assert.False(pair.Pouring.IsCompleted));
        await gateway.ServesAsync();
        foreach (var (client, far, pouring) in pairs)
        {
            (clientReads ? far : client.Socket).Reset();
            await pouring.WaitAsync(Eventually.Patience);
            client.Dispose();
            far.Dispose();
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    private static async Task SayAsync(SocksTestClient client, SocksCommand command, SocksEndpoint destination)
    {
        await client.GreetAsync(AuthMethod.NoAuthentication);
        await client.SendAsync(new SocksRequest(command, RequestFlags.None, destination));
    }

    /// <summary>Sends until the connection is no more.</summary>
    private static async Task PourAsync(Socket socket)
    {
        var octets = new byte[64 << 10];
        try
        {
            while (true)
                await socket.SendAsync(octets);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>Receives until the connection is no more.</summary>
    private static async Task DrainAsync(Socket socket)
    {
        var octets = new byte[64 << 10];
        try
        {
            while (await socket.ReceiveAsync(octets) > 0)
                continue;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }
}
