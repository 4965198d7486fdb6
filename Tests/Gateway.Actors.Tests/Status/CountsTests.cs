using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Access;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using UdpClient = Gateway.Actors.Tests.Associations.UdpClient;

namespace Gateway.Actors.Tests.Status;

/// <summary>What the gateway counts, against clients that know what they did.</summary>
public class CountsTests
{
    [Fact]
    public async Task Octets_are_counted_while_they_flow_and_kept_when_the_session_ends()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await socks.EchoAsync(new byte[100_000]);

        var live = await gateway.Host.Status.CountAsync();
        Assert.Equal((100_000, 100_000), (live.OctetsToTarget, live.OctetsToClient));
        Assert.Equal((1, 1), (live.Accepted, live[SessionPhase.Relaying]));

        socks.Dispose();
        await gateway.HasSessionsAsync(0);
        var after = await gateway.Host.Status.CountAsync();
        Assert.Equal((100_000, 100_000, 0), (after.OctetsToTarget, after.OctetsToClient, after[SessionPhase.Relaying]));
        Assert.Equal(1, after[ReplyCode.Succeeded]);
        Assert.Equal(1, after.DirectSetup.Counts.Sum());
        Assert.True(Enumerable.Range(0, after.DirectSetup.Counts.Count).Sum(index => after.DirectSetup.Sum(index).Ticks) > 0);
        Assert.Equal(0, after.ChainSetup.Counts.Sum());
        Assert.All(Enum.GetValues<SessionFailure>(), failure => Assert.Equal(0, after[failure]));
        Assert.Equal(gateway.Host.Loops.Count, after.Lags.Count);
    }

    [Fact]
    public async Task Every_failure_is_counted_by_its_cause()
    {
        await using var gateway = await TestGateway.StartAsync("""
            routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = direct }]
            """);
        using var closed = new ClosedPort(IPAddress.Loopback);
        using var echo = new EchoServer(IPAddress.Loopback);

        await AskAsync(gateway, SocksCommand.Connect, SocksEndpoint.From(closed.Endpoint), ReplyCode.ConnectionRefused, times: 3);
        await AskAsync(gateway, SocksCommand.Connect, SocksEndpoint.From(IPEndPoint.Parse("192.0.2.1:80")), ReplyCode.NotAllowed, times: 2);
        await AskAsync(gateway, (SocksCommand)0x7f, SocksEndpoint.From(closed.Endpoint), ReplyCode.CommandNotSupported, times: 1);
        using (var http = await gateway.ConnectAsync())
        {
            await http.SendAsync("GET / HTTP/1.1\r\n"u8.ToArray());
            await http.Socket.IsResetAsync();
        }
        using (var killed = await gateway.ConnectAsync())
        {
            await killed.AskAsync(SocksCommand.Connect, echo.Endpoint);
            await killed.EchoAsync([1, 2, 3]);
            killed.Socket.Reset();
        }
        gateway.Names.Wait();
        using (var impatient = await gateway.ConnectAsync())
        {
            await impatient.GreetAsync(AuthMethod.NoAuthentication);
            await impatient.SendAsync(new SocksRequest(SocksCommand.Connect, 0, Families.Named("slow.test", 80)));
            await Eventually.Holds(async () => (await gateway.Host.Status.CountAsync())[SessionPhase.Connecting] == 1, () => "nobody is connecting");
            impatient.Socket.Reset();
        }
        await gateway.HasSessionsAsync(0);
        gateway.Names.GoOn();

        var counts = await gateway.Host.Status.CountAsync();
        Assert.Equal(9, counts.Accepted);
        Assert.Equal(
            new Dictionary<SessionFailure, long>
            {
                [SessionFailure.Handshake] = 1,
                [SessionFailure.Authentication] = 0,
                [SessionFailure.Rules] = 2,
                [SessionFailure.Destination] = 3,
                [SessionFailure.Chain] = 0,
                [SessionFailure.Request] = 1,
                [SessionFailure.Gateway] = 0,
                [SessionFailure.Abandoned] = 1,
                [SessionFailure.Relay] = 0,
                [SessionFailure.Cut] = 0,
            },
            Enum.GetValues<SessionFailure>().ToDictionary(failure => failure, failure => counts[failure]));
        Assert.Equal((1, 2, 3, 1), (counts[ReplyCode.Succeeded], counts[ReplyCode.NotAllowed], counts[ReplyCode.ConnectionRefused], counts[ReplyCode.CommandNotSupported]));
        Assert.Equal((3, 3), (counts.OctetsToTarget, counts.OctetsToClient));
        Assert.Contains(gateway.Host.Status.Events.After(0), news => news.Kind == GatewayEventKind.SessionFailed);
    }

    [Fact]
    public async Task Wrong_passwords_are_counted_and_so_are_those_refused_unheard()
    {
        await using var gateway = await TestGateway.StartAsync($$"""
            users { alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" } }
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            """, new FakeTime());
        const int wrong = 5, unheard = 2;
        for (var i = 0; i < wrong + unheard; i++)
        {
            using var socks = await gateway.ConnectAsync();
            Assert.False(await socks.LogInAsync("alice", "guess"));
        }
        await gateway.HasSessionsAsync(0);

        var counts = await gateway.Host.Status.CountAsync();

        Assert.Equal((wrong, unheard), (counts.WrongLogins, counts.ThrottledLogins));
        Assert.Equal(wrong + unheard, counts[SessionFailure.Authentication]);
    }

    [Fact]
    public async Task Datagrams_are_counted_both_ways_and_so_are_those_that_are_not_relayed()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4);
        for (var i = 0; i < 3; i++)
        {
            await udp.SendAsync(there.Endpoint, "question");
            var (_, from) = await there.ReceiveAsync();
            await there.SendAsync("answer"u8.ToArray(), from);
            await udp.ReceiveAsync();
        }
        await udp.SendRawAsync("FF");
        NodeCounts? counts = null;
        await Eventually.Holds(async () => (counts = await gateway.Host.Status.CountAsync()).UdpRefused == 1, () => "the broken datagram is not counted");

        Assert.Equal((new DatagramCounts(3, 24), new DatagramCounts(3, 18)), (counts!.UdpToTarget, counts.UdpToClient));
        Assert.Equal((0, 1), (counts.UdpLost, counts[SessionPhase.Associated]));
    }

    [Fact]
    public async Task Clients_turned_away_at_the_door_are_counted_by_the_limit()
    {
        await using var gateway = await TestGateway.StartAsync("limits.sessions-per-client = 1");
        using var first = await gateway.ConnectAsync();
        await gateway.HasSessionsAsync(1);
        using var second = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await second.ConnectAsync(gateway.Host.Listening[0].ToIPEndPoint());
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The gateway was quicker than this thread.
        }

        NodeCounts? counts = null;
        await Eventually.Holds(
            async () => (counts = await gateway.Host.Status.CountAsync())[AdmissionResult.TooManyOfThisClient] == 1, () => "nobody was turned away");
        Assert.Equal((1, 0), (counts!.Accepted, counts[AdmissionResult.TooManySessions]));
    }

    /// <summary>Asks on connections of their own, and leaves as soon as the answer is there.</summary>
    private static async Task AskAsync(TestGateway gateway, SocksCommand command, SocksEndpoint destination, ReplyCode expected, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var socks = await gateway.ConnectAsync();
            Assert.Equal(expected, (await socks.AskAsync(command, destination)).Code);
        }
    }
}
