using System.Net;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Datagrams through gateways.</summary>
public class DatagramTests
{
    [Theory]
    [InlineData(V4, V4)]
    [InlineData(V4, V6)]
    [InlineData(V6, V4)]
    [InlineData(V6, V6)]
    public async Task Datagrams_go_to_an_address_and_come_back_from_it(string near, string far)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Parse(far));
        using var udp = await new SocksClient(Stranger(gateway, near)).AssociateAsync().WaitAsync(Eventually.Patience);

        foreach (var question in new[] { "one", "two", "" })
        {
            await udp.SendAsync(Octets(question), there.Endpoint);
            var (octets, from) = await there.ReceiveAsync();
            Assert.Equal(question, Encoding.ASCII.GetString(octets));
            await there.SendAsync(Octets("answer " + question), from);
            Assert.Equal(("answer " + question, SocksEndpoint.From(there.Endpoint)), await ReceiveAsync(udp));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_gets_an_id_where_the_gateway_knows_them_and_is_still_called_by_its_name(bool isFirst)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V4);
        using var there = new UdpPeer(IPAddress.Loopback);
        var name = SocksEndpoint.From("there.test", there.Endpoint.Port);
        using var udp = await new SocksClient(Ours(gateway)).AssociateAsync(isFirst ? name : null).WaitAsync(Eventually.Patience);

        for (var i = 0; i < 3; i++)
        {
            await udp.SendAsync(Octets("question"), name).AsTask().WaitAsync(Eventually.Patience);
            await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);
            Assert.Equal(("answer", name), await ReceiveAsync(udp));
        }
        Assert.Equal(UdpHeader.IdLength, udp.Overhead(name));
        await gateway.HasAddressIdsAsync(true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_stays_a_name_where_ids_are_unknown_or_unwanted(bool isStranger)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V4);
        using var there = new UdpPeer(IPAddress.Loopback);
        var name = SocksEndpoint.From("there.test", there.Endpoint.Port);
        var client = new SocksClient(SocksClientOptions.Through(isStranger ? Stranger(gateway) : Ours(gateway)) with { UseAddressIds = isStranger });
        using var udp = await client.AssociateAsync(name).WaitAsync(Eventually.Patience);

        await udp.SendAsync(Octets("question"), name);
        await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);

        Assert.Equal(("answer", SocksEndpoint.From(there.Endpoint)), await ReceiveAsync(udp));
        Assert.Equal(17, udp.Overhead(name));
        await gateway.HasAddressIdsAsync(false);
    }

    [Fact]
    public async Task Name_stays_a_name_when_the_gateway_gives_no_id()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        using var hop = Relaying(relay);
        using var udp = await new SocksClient(At(hop.Endpoint) with { AddressAssociate = true }).AssociateAsync().WaitAsync(Eventually.Patience);

        await udp.SendAsync(Octets("hi"), SocksEndpoint.From("example.com", 53)).AsTask().WaitAsync(Eventually.Patience);

        // U2 of the vectors.
        Assert.Equal("000000030B6578616D706C652E636F6D00356869", Convert.ToHexString((await relay.ReceiveAsync()).Octets));
        Assert.Equal([SocksCommand.UdpAssociate, SocksCommand.AddressAssociate], hop.Requests.Select(request => request.Command));
    }

    [Fact]
    public async Task What_is_no_whole_datagram_is_dropped()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        using var hop = Relaying(relay);
        using var udp = await new SocksClient(At(hop.Endpoint)).AssociateAsync().WaitAsync(Eventually.Patience);
        await udp.SendAsync(Octets("hi"), SocksEndpoint.From("192.0.2.10", 53));
        var (octets, client) = await relay.ReceiveAsync();
        Assert.Equal("00000001C000020A00356869", Convert.ToHexString(octets));

        // Cut short; FLAG; two fragments; from somebody else; and one as it should be.
        foreach (var bad in new[] { "", "000000", "00000001C000020A00", "00010001C000020A003578", "00000101C000020A00356865", "00008201C000020A00356C6C6F" })
            await relay.SendAsync(Convert.FromHexString(bad), client);
        using var stranger = new UdpPeer(IPAddress.Loopback);
        await stranger.SendAsync(Convert.FromHexString("00000001C000020A00356869"), client);
        await relay.SendAsync(Convert.FromHexString("00000001C000020A0035676F6F64"), client);

        Assert.Equal(("good", SocksEndpoint.From("192.0.2.10", 53)), await ReceiveAsync(udp));
    }

    [Fact]
    public async Task Buffer_that_is_too_small_gets_the_beginning()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await new SocksClient(Ours(gateway)).AssociateAsync().WaitAsync(Eventually.Patience);
        await udp.SendAsync(Octets("x"), there.Endpoint);
        await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);
        var buffer = new byte[3];

        var datagram = await udp.ReceiveAsync(buffer).AsTask().WaitAsync(Eventually.Patience);

        Assert.Equal((3, true, "ans"), (datagram.Length, datagram.IsTruncated, Encoding.ASCII.GetString(buffer)));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Datagrams_go_through_a_chain(bool isOurs, bool isNamed)
    {
        await using var first = await TestGateway.StartAsync();
        await using var second = await TestGateway.StartAsync();
        await using var third = await TestGateway.StartAsync();
        third.Names.Add("there.test", V6);
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        var to = isNamed ? SocksEndpoint.From("there.test", there.Endpoint.Port) : SocksEndpoint.From(there.Endpoint);
        HopServer Server(TestGateway gateway, string family) => isOurs ? Ours(gateway, family) : Stranger(gateway, family);
        var client = new SocksClient(new SocksClientOptions { Hops = [[Server(first, V4)], [Server(second, V6)], [Server(third, V4)]] });
        using var udp = await client.AssociateAsync().WaitAsync(Eventually.Patience);

        for (var i = 0; i < 3; i++)
        {
            await udp.SendAsync(Octets("question"), to).AsTask().WaitAsync(Eventually.Patience);
            await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);
            Assert.Equal(("answer", to), await ReceiveAsync(udp));
        }
        Assert.Equal(3, udp.Way.Count);
    }

    [Fact]
    public async Task A_hop_in_mid_chain_that_relays_no_datagrams_is_replaced()
    {
        await using var deaf = await TestGateway.StartAsync("routes = [{ command = udp-associate, to = any, via = reject }, { to = any, via = direct }]");
        await using var able = await TestGateway.StartAsync();
        await using var last = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        var client = new SocksClient(new SocksClientOptions { Hops = [[Called("deaf", deaf), Called("able", able)], [Called("last", last)]] });
        using var udp = await client.AssociateAsync().WaitAsync(Eventually.Patience);

        await udp.SendAsync(Octets("question"), there.Endpoint);
        await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);

        Assert.Equal(("answer", SocksEndpoint.From(there.Endpoint)), await ReceiveAsync(udp));
        Assert.Equal(["able", "last"], udp.Way.Select(server => server.Name));
        HopServer Called(string name, TestGateway gateway) => Stranger(gateway) with { Name = name };
        await deaf.HasSessionsAsync(0);
    }

    [Fact]
    public async Task When_no_hop_in_mid_chain_relays_datagrams_the_refusal_is_told_and_nothing_stays_open()
    {
        await using var deaf = await TestGateway.StartAsync("routes = [{ command = udp-associate, to = any, via = reject }, { to = any, via = direct }]");
        await using var last = await TestGateway.StartAsync();
        var client = new SocksClient(new SocksClientOptions { Hops = [[Stranger(deaf)], [Stranger(last)]] });

        var refusal = await Assert.ThrowsAsync<SocksException>(() => client.AssociateAsync().WaitAsync(Eventually.Patience));

        Assert.Equal(ReplyCode.NotAllowed, refusal.Code);
        await deaf.HasSessionsAsync(0);
        await last.HasSessionsAsync(0);
    }

    [Fact]
    public async Task Lost_association_is_replaced_through_another_gateway()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        var dying = Relaying(relay);
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        var client = new SocksClient(SocksClientOptions.Through(At(dying.Endpoint), Stranger(gateway)) with { HedgeAfter = null });
        using var udp = await client.AssociateAsync().WaitAsync(Eventually.Patience);
        var receiving = ReceiveAsync(udp);
        await udp.SendAsync(Octets("one"), there.Endpoint);
        await relay.ReceiveAsync();

        dying.Dispose();
        await Eventually.Holds(() => udp.Way[0] == Stranger(gateway), () => "still there");
        await udp.SendAsync(Octets("two"), there.Endpoint).AsTask().WaitAsync(Eventually.Patience);

        var (octets, from) = await there.ReceiveAsync();
        Assert.Equal("two", Encoding.ASCII.GetString(octets));
        await there.SendAsync(Octets("answer"), from);
        Assert.Equal("answer", (await receiving).Data);
    }

    [Fact]
    public async Task When_no_gateway_is_left_the_reader_is_told()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        var dying = Relaying(relay);
        using var udp = await new SocksClient(At(dying.Endpoint)).AssociateAsync().WaitAsync(Eventually.Patience);
        var receiving = ReceiveAsync(udp);

        dying.Dispose();

        await Assert.ThrowsAsync<SocksException>(() => receiving);
        await Assert.ThrowsAsync<SocksException>(() => udp.SendAsync(Octets("lost"), relay.Endpoint).AsTask().WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task Cancelled_wait_costs_no_datagram()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await new SocksClient(Ours(gateway)).AssociateAsync().WaitAsync(Eventually.Patience);
        using var cancellation = new CancellationTokenSource();
        var waiting = udp.ReceiveAsync(new byte[10], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Eventually.Patience));

        await udp.SendAsync(Octets("question"), there.Endpoint);
        await there.SendAsync(Octets("answer"), (await there.ReceiveAsync()).From);

        Assert.Equal("answer", (await ReceiveAsync(udp)).Data);
    }

    [Fact]
    public async Task Disposed_of_everything_ends()
    {
        await using var gateway = await TestGateway.StartAsync();
        var udp = await new SocksClient(Ours(gateway)).AssociateAsync().WaitAsync(Eventually.Patience);
        var waiting = ReceiveAsync(udp);

        udp.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => udp.SendAsync(Octets("late"), new IPEndPoint(IPAddress.Loopback, 9)).AsTask());
        await gateway.HasSessionsAsync(0);
    }

    /// <summary>A hop whose associations are the test's own socket, and that knows nothing else.</summary>
    private static ScriptedHop Relaying(UdpPeer relay) => new(IPAddress.Loopback, async (hop, client) =>
    {
        var request = await hop.TakeRequestAsync(client);
        await client.SendAsync(request.Command == SocksCommand.UdpAssociate
            ? SocksReply.Success(SocksEndpoint.From(relay.Endpoint))
            : SocksReply.Failure(ReplyCode.CommandNotSupported));
    });

    private static byte[] Octets(string text) => Encoding.ASCII.GetBytes(text);

    private static async Task<(string Data, SocksEndpoint Source)> ReceiveAsync(SocksUdpClient udp)
    {
        var buffer = new byte[2000];
        var datagram = await udp.ReceiveAsync(buffer).AsTask().WaitAsync(Eventually.Patience);
        Assert.False(datagram.IsTruncated);
        return (Encoding.ASCII.GetString(buffer, 0, datagram.Length), datagram.Source);
    }
}
