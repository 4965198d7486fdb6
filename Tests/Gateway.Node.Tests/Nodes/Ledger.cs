using System.Net;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Nodes;

/// <summary>Clients that write down what they sent and what they received.</summary>
/// <param name="node">The gateway that they speak to.</param>
internal sealed class Ledger(NodeLab node)
{
    public int Sessions { get; private set; }

    public long Sent { get; private set; }

    public long Received { get; private set; }

    public long Datagrams { get; private set; }

    public long DatagramOctetsSent { get; private set; }

    public long DatagramOctetsReceived { get; private set; }

    /// <summary>Sends <paramref name="there"/> octets, gets <paramref name="back"/> and finishes.</summary>
    public async Task TransferAsync(int there, int back)
    {
        using var destination = new TcpDestination(IPAddress.Loopback);
        using var client = await AskAsync(destination.Endpoint, ReplyCode.Succeeded);
        using var server = await destination.AcceptAsync();
        await Task.WhenAll(client.SendAsync(new byte[there]), server.ReadAsync(there));
        await Task.WhenAll(server.WriteAsync(new byte[back]), client.ReadAsync(back));
        Sent += there;
        Received += back;
    }

    /// <summary>Asks for what is refused.</summary>
    public async Task IsRefusedAsync(IPEndPoint destination, ReplyCode code)
    {
        using var client = await AskAsync(destination, code);
    }

    /// <summary>Some octets both ways, then the client resets the connection.</summary>
    public async Task ResetAsync(int octets)
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        using var client = await AskAsync(echo.Endpoint, ReplyCode.Succeeded);
        await client.EchoAsync(new byte[octets]);
        Sent += octets;
        Received += octets;
        client.Socket.Reset();
    }

    /// <summary>One datagram there and another back for each size.</summary>
    public async Task DatagramsAsync(params int[] sizes)
    {
        using var remote = new UdpPeer(IPAddress.Loopback);
        using var mine = new UdpPeer(IPAddress.Loopback);
        Sessions++;
        using var client = await node.ConnectAsync();
        var reply = await client.AskAsync(SocksCommand.UdpAssociate, new IPEndPoint(IPAddress.Loopback, mine.Endpoint.Port));
        Assert.Equal(ReplyCode.Succeeded, reply.Code);
        Assert.True(reply.Bound.TryGetLiteral(out var relay));
        foreach (var size in sizes)
        {
            await mine.SendAsync([.. new UdpHeader(0, SocksEndpoint.From(remote.Endpoint)).ToBytes(), .. new byte[size]], relay.ToIPEndPoint());
            var (there, from) = await remote.ReceiveAsync();
            Assert.Equal(size, there.Length);
            await remote.SendAsync(new byte[size + 1], from);
            var (back, _) = await mine.ReceiveAsync();
            Assert.Equal(new UdpHeader(0, SocksEndpoint.From(remote.Endpoint)).Length + size + 1, back.Length);
            Datagrams++;
            DatagramOctetsSent += size;
            DatagramOctetsReceived += size + 1;
        }
    }

    /// <summary>The node's metrics, its records and its API say the same.</summary>
    public async Task AssertAgreesAsync()
    {
        await node.HasEndedAsync(Sessions);
        var metrics = await node.MetricsAsync();
        Assert.Equal(Sessions, metrics["socks64_sessions_total"]);
        Assert.Equal((Sent, Received), ((long)metrics["socks64_relayed_bytes_total{direction=\"to_target\"}"], (long)metrics["socks64_relayed_bytes_total{direction=\"to_client\"}"]));
        Assert.Equal((Datagrams, Datagrams), ((long)metrics["socks64_udp_datagrams_total{direction=\"to_target\"}"], (long)metrics["socks64_udp_datagrams_total{direction=\"to_client\"}"]));
        Assert.Equal((DatagramOctetsSent, DatagramOctetsReceived), ((long)metrics["socks64_udp_bytes_total{direction=\"to_target\"}"], (long)metrics["socks64_udp_bytes_total{direction=\"to_client\"}"]));
        Assert.Equal((Sent + DatagramOctetsSent, Received + DatagramOctetsReceived), (Total(node, "sent"), Total(node, "received")));
        var own = await node.OwnAsync("/api/gateways");
        Assert.Equal(
            (Sessions, Sent + DatagramOctetsSent, Received + DatagramOctetsReceived),
            (own.GetProperty("accepted").GetInt32(), own.GetProperty("sent").GetInt64(), own.GetProperty("received").GetInt64()));
        foreach (var failure in own.GetProperty("failures").EnumerateObject())
            Assert.Equal(metrics[$"socks64_session_failures_total{{reason=\"{failure.Name}\"}}"], failure.Value.GetDouble());
    }

    /// <summary>The sum of a field of all session records.</summary>
    public static long Total(NodeLab node, string field) => node.Sessions.Sum(session => session.GetProperty(field).GetInt64());

    /// <summary>A session that somebody else has, and that the node counts too.</summary>
    public void Count(long sent, long received)
    {
        Sessions++;
        Sent += sent;
        Received += received;
    }

    private async Task<SocksTestClient> AskAsync(IPEndPoint destination, ReplyCode code)
    {
        Sessions++;
        var client = await node.ConnectAsync();
        Assert.Equal(code, (await client.AskAsync(SocksCommand.Connect, destination)).Code);
        return client;
    }
}
