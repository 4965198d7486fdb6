using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Nodes;

/// <summary>Metrics, records and the API against clients that know what passed.</summary>
public class TruthTests
{
    private const string Alice = """
        users.alice.password = "pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        listeners = [{ address = "127.0.0.1:0" }, { address = "127.0.0.1:0", auth = [password] }]
        routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = direct }]
        """;

    [Fact]
    public async Task One_gateway_tells_what_its_clients_know()
    {
        await using var node = await NodeLab.StartAsync("g1", Alice);
        var ledger = new Ledger(node);
        await ledger.TransferAsync(70_001, 300_007);
        await ledger.TransferAsync(0, 5);
        await ledger.DatagramsAsync(0, 1, 512, 1400);
        using (var closed = new ClosedPort(IPAddress.Loopback))
            await ledger.IsRefusedAsync(closed.Endpoint, ReplyCode.ConnectionRefused);
        await ledger.IsRefusedAsync(IPEndPoint.Parse("192.0.2.1:80"), ReplyCode.NotAllowed);
        await ledger.ResetAsync(77);
        await LogInWrongAsync(node, ledger);
        await AbandonAsync(node, ledger);
        await CutAsync(node, ledger);

        await ledger.AssertAgreesAsync();
        var metrics = await node.MetricsAsync();
        foreach (var reason in new[] { "destination", "rules", "authentication", "abandoned", "cut" })
            Assert.True(metrics[$"socks64_session_failures_total{{reason=\"{reason}\"}}"] == 1, reason);
        Assert.Equal((0, 1), (metrics["socks64_session_failures_total{reason=\"relay\"}"], metrics["socks64_wrong_logins_total"]));
        Assert.Equal(0, metrics["socks64_udp_datagrams_lost_total"]);
    }

    [Fact]
    public async Task Both_ends_of_a_chain_tell_what_the_client_knows()
    {
        await using var nodes = await ChainedNodes.StartAsync();
        var ledger = new Ledger(nodes.Entry);
        await ledger.TransferAsync(70_001, 300_007);
        await ledger.DatagramsAsync(1, 512, 1200);
        using (var closed = new ClosedPort(IPAddress.Loopback))
            await ledger.IsRefusedAsync(closed.Endpoint, ReplyCode.ConnectionRefused);
        await ledger.IsRefusedAsync(IPEndPoint.Parse("192.0.2.1:80"), ReplyCode.NotAllowed);

        await ledger.AssertAgreesAsync();
        // The exit has the same; a relay between them carries the words to the next hop too.
        await Eventually.Holds(async () => await nodes.Second.MetricAsync("socks64_relayed_bytes_total{direction=\"to_client\"}") >= ledger.Received, () => "the exit has not ended");
        var exit = await nodes.Second.MetricsAsync();
        Assert.Equal((ledger.Sent, ledger.Received), ((long)exit["socks64_relayed_bytes_total{direction=\"to_target\"}"], (long)exit["socks64_relayed_bytes_total{direction=\"to_client\"}"]));
        Assert.Equal((ledger.DatagramOctetsSent, ledger.DatagramOctetsReceived), ((long)exit["socks64_udp_bytes_total{direction=\"to_target\"}"], (long)exit["socks64_udp_bytes_total{direction=\"to_client\"}"]));
        Assert.Equal(1, exit["socks64_session_failures_total{reason=\"destination\"}"]);
        var entry = await nodes.Entry.MetricsAsync();
        Assert.Equal((1, 1), (entry["socks64_session_failures_total{reason=\"chain\"}"], entry["socks64_session_failures_total{reason=\"rules\"}"]));
    }

    [Fact]
    public async Task What_is_counted_has_passed_also_when_the_relay_is_killed_in_mid_transfer()
    {
        var hosts = ChainedNodes.Hosts();
        using var settings = new SettingsFile(NodeLab.Text("r1", ChainedNodes.Relay("first"), ChainedNodes.Akka(hosts, 1)));
        await using var relay = Socks64.Start("-c", settings.Name);
        await relay.ReadyAsync();
        await using var entry = await NodeLab.StartAsync("e", """
            node.roles = [entry]
            chains.lab.hops = [{ role = first }]
            routes = [{ to = any, via = lab }]
            """, ChainedNodes.Akka(hosts, 0));
        await entry.IsReadyAsync();
        using var destination = new TcpDestination(IPAddress.Loopback);
        using var client = await entry.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, destination.Endpoint)).Code);
        using var server = await destination.AcceptAsync();
        await client.SendAsync(new byte[1000]);
        await server.ReadAsync(1000);
        var sending = SendAsync(server);
        var received = (await client.ReadAsync(500_000)).LongLength;

        relay.Signal("KILL");
        received += await ReceiveAsync(client.Socket);
        var sent = await sending;
        client.Dispose();

        await entry.HasEndedAsync(1);
        var metrics = await entry.MetricsAsync();
        var counted = (long)metrics["socks64_relayed_bytes_total{direction=\"to_client\"}"];
        Assert.Equal(1000, metrics["socks64_relayed_bytes_total{direction=\"to_target\"}"]);
        Assert.InRange(counted, received, sent);
        Assert.Equal((1000, counted), (Ledger.Total(entry, "sent"), Ledger.Total(entry, "received")));
        var own = await entry.OwnAsync("/api/gateways");
        Assert.Equal((1000, counted), (own.GetProperty("sent").GetInt64(), own.GetProperty("received").GetInt64()));
    }

    private static async Task LogInWrongAsync(NodeLab node, Ledger ledger)
    {
        using var client = await SocksTestClient.ConnectAsync(node.Doors[1]);
        Assert.False(await client.LogInAsync("alice", "wrong"));
        ledger.Count(0, 0);
    }

    private static async Task AbandonAsync(NodeLab node, Ledger ledger)
    {
        using var silent = new SilentDestination();
        using (var client = await node.ConnectAsync())
        {
            await client.GreetAsync(AuthMethod.NoAuthentication);
            await client.SendAsync(new SocksRequest(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(silent.Endpoint)));
            await Eventually.Holds(async () => await node.MetricAsync("socks64_sessions{state=\"connecting\"}") == 1, () => "it does not connect");
            // A FIN alone would mean that the client has said all and goes on listening.
            client.Socket.Reset();
        }
        ledger.Count(0, 0);
        await node.HasEndedAsync(ledger.Sessions);
    }

    private static async Task CutAsync(NodeLab node, Ledger ledger)
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        using var client = await node.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        await client.EchoAsync(new byte[33]);
        var session = Assert.Single((await node.OwnAsync("/api/sessions")).GetProperty("sessions").EnumerateArray());
        await node.CloseAsync(session.GetProperty("id").GetInt64());
        ledger.Count(33, 33);
        await node.HasEndedAsync(ledger.Sessions);
    }

    /// <summary>Sends until nobody takes any more, and tells how much the socket took.</summary>
    private static async Task<long> SendAsync(Socket socket)
    {
        var sent = 0L;
        try
        {
            while (true)
                sent += await socket.SendAsync(new byte[65536]).WaitAsync(Eventually.Patience);
        }
        catch (SocketException)
        {
            return sent;
        }
    }

    /// <summary>Receives up to the end, or the reset, and tells how much that was.</summary>
    private static async Task<long> ReceiveAsync(Socket socket)
    {
        var received = 0L;
        try
        {
            var buffer = new byte[65536];
            while (await socket.ReceiveAsync(buffer).WaitAsync(Eventually.Patience) is var length and > 0)
                received += length;
        }
        catch (SocketException)
        {
            // It was cut, and what was received has been counted.
        }
        return received;
    }
}
