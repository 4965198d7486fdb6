using System.Net;
using System.Text;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Hostile;

/// <summary>Datagrams that nobody should send. A datagram behind them shows that they were dropped and not delayed.</summary>
public class DatagramTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task Datagrams_from_anybody_but_the_client_are_dropped()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using (var control = await gateway.ConnectAsync())
        using (UdpPeer remote = new(IPAddress.Loopback), client = new(IPAddress.Loopback), sameHost = new(IPAddress.Loopback), otherHost = new(Stranger))
        {
            var relay = await AssociateAsync(control);
            await otherHost.SendAsync(Datagram(remote, "from another host, first of all"), relay);
            await client.SendAsync(Datagram(remote, "one"), relay);
            await otherHost.SendAsync(Datagram(remote, "from another host"), relay);
            await sameHost.SendAsync(Datagram(remote, "from another port"), relay);
            await client.SendAsync(Datagram(remote, "two"), relay);
            Assert.Equal(["one", "two"], await HearAsync(remote, 2));
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task Datagrams_from_hosts_that_the_client_did_not_write_to_are_dropped()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using (var control = await gateway.ConnectAsync())
        using (UdpPeer remote = new(IPAddress.Loopback), client = new(IPAddress.Loopback), stranger = new(Stranger))
        {
            var relay = await AssociateAsync(control);
            await client.SendAsync(Datagram(remote, "hello"), relay);
            var outer = new IPEndPoint(IPAddress.Loopback, (await remote.ReceiveAsync()).From.Port);
            await stranger.SendAsync("buy this"u8.ToArray(), outer);
            await remote.SendAsync("hello yourself"u8.ToArray(), outer);
            var answer = (await client.ReceiveAsync()).Octets;
            Assert.Equal("hello yourself", Encoding.ASCII.GetString(answer[UdpHeader.Ipv4Length..]));
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    [Fact]
    public async Task Headers_and_fragments_that_break_the_rules_are_dropped()
    {
        await using var gateway = await GatewayProcess.StartAsync();
        using (var control = await gateway.ConnectAsync())
        using (UdpPeer remote = new(IPAddress.Loopback), client = new(IPAddress.Loopback))
        {
            var relay = await AssociateAsync(control);
            Task Send(byte fragment, string text) => client.SendAsync(Datagram(remote, text, fragment), relay);
            foreach (var nonsense in new[] { "", "00", "000000", "00000001", "000000030000350000", "0001000100000000003561", "00000002C000020A003561" })
                await client.SendAsync(Convert.FromHexString(nonsense), relay);
            await Send(0x80, "a last one without a place");
            // In order.
            await Send(1, "a1 ");
            await Send(2, "a2 ");
            await Send(0x83, "a3");
            // A gap.
            await Send(1, "b1 ");
            await Send(0x83, "b3");
            // Backwards: the second comes too early, and the first begins a sequence.
            await Send(2, "c2 ");
            await Send(1, "c1 ");
            await Send(0x82, "c2'");
            // A duplicate.
            await Send(1, "d1 ");
            await Send(1, "d1 ");
            await Send(0x82, "d2");
            // One sequence over another: the later one counts.
            await Send(1, "e1 ");
            await Send(2, "e2 ");
            await Send(1, "f1 ");
            await Send(0x82, "f2");
            // A whole one in the middle.
            await Send(1, "g1 ");
            await Send(0, "h");
            await Send(0x82, "g2");
            await Send(0, "end");
            Assert.Equal(["a1 a2 a3", "c1 c2'", "d1 d2", "f1 f2", "h", "end"], await HearAsync(remote, 6));
        }
        gateway.HasNothingToReport();
        await gateway.IsAsBeforeAsync();
    }

    private static async Task<IPEndPoint> AssociateAsync(SocksTestClient control)
    {
        var reply = await control.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified);
        Assert.True(reply.Bound.TryGetLiteral(out var relay));
        return relay.ToIPEndPoint();
    }

    private static byte[] Datagram(UdpPeer remote, string text, byte fragment = 0) =>
        [.. new UdpHeader(fragment, SocksEndpoint.From(remote.Endpoint)).ToBytes(), .. Encoding.ASCII.GetBytes(text)];

    private static async Task<List<string>> HearAsync(UdpPeer remote, int count)
    {
        var heard = new List<string>();
        while (heard.Count < count)
            heard.Add(Encoding.ASCII.GetString((await remote.ReceiveAsync()).Octets));
        return heard;
    }
}
