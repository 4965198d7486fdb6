using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

public class ChainBindTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    private static async Task<Socket> ArriveAsync(SocksEndpoint listening)
    {
        var address = listening.Ip();
        var peer = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await peer.ConnectAsync(new IPEndPoint(address, listening.Port)).WaitAsync(Eventually.Patience);
        return peer;
    }

    [Theory]
    [InlineData(V4, V6, V4)]
    [InlineData(V6, V4, V6)]
    public async Task The_last_hop_listens_and_hands_the_peer_to_the_client(string client, string between, string last)
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, between) + Server("b", b, last) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using (var socks = await entry.ConnectAsync(IPAddress.Parse(client)))
        {
            var listening = await socks.AskAsync(SocksCommand.Bind, Literal(client == V4 ? "0.0.0.0" : "::", 0));
            Assert.Equal(ReplyCode.Succeeded, listening.Code);
            using var peer = await ArriveAsync(listening.Bound);
            var arrived = await socks.ReadAsync<SocksReply>();

            Assert.Equal((ReplyCode.Succeeded, SocksEndpoint.From(peer.Here)), (arrived.Code, arrived.Bound));
            await peer.WriteAsync(Hello);
            Assert.Equal(Hello, await socks.ReadAsync(Hello.Length));
            await socks.SendAsync("back"u8.ToArray());
            Assert.Equal("back"u8.ToArray(), await peer.ReadAsync(4));
        }
        var record = await entry.NextRecordAsync();
        Assert.Equal(["a", "b"], record.Hops.Select(hop => hop.Name));
        Assert.Equal(IPAddress.Parse(last), record.Peer!.Value.Address.ToIPAddress());
    }

    [Fact]
    public async Task Flag_10_alone_tells_an_address_of_another_family_than_the_clients()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V6, "address-associate = on") + Chain("{ gateways = [a] }"));
        using var plain = await entry.ConnectAsync();
        using var asking = await entry.ConnectAsync();

        var hidden = await plain.AskAsync(SocksCommand.Bind, Literal(V6, 21));
        var shown = await asking.AskAsync(SocksCommand.Bind, Literal(V6, 21), RequestFlags.DestinationFamily);

        Assert.Equal(IPAddress.Loopback, hidden.Bound.Ip());
        Assert.Equal(IPAddress.IPv6Loopback, shown.Bound.Ip());
        using var peer = await ArriveAsync(shown.Bound);
        Assert.Equal(SocksEndpoint.From(peer.Here), (await asking.ReadAsync<SocksReply>()).Bound);
    }

    [Theory]
    [InlineData(V4, V6, "0.0.0.0")]
    [InlineData(V6, V4, "::ffff:127.0.0.1")]
    public async Task A_peer_of_the_other_family_is_shown_as_the_client_can_understand_it(string client, string peerFamily, string shown)
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("192.0.2.1", 4000)), SocksReply.Success(Literal(peerFamily, 5000))], Hello);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync(IPAddress.Parse(client));

        Assert.Equal(4000, (await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0))).Bound.Port);

        Assert.Equal(Literal(shown, 5000), (await socks.ReadAsync<SocksReply>()).Bound);
        Assert.Equal(Hello, await socks.ReadAsync(Hello.Length));
    }

    [Fact]
    public async Task A_hop_that_names_no_address_listens_at_its_own()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("0.0.0.0", 4000))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(Literal(V4, 4000), (await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0))).Bound);
    }

    [Fact]
    public async Task A_second_reply_that_fails_is_handed_on_and_not_tried_elsewhere()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal(V4, 4000)), SocksReply.Failure(ReplyCode.TtlExpired)]);
        using var other = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Server("other", other.Endpoint) + Chain("{ gateways = [hop, other], pick = in-order }"));
        using var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        Assert.Equal(ReplyCode.TtlExpired, (await socks.ReadAsync<SocksReply>()).Code);

        socks.Dispose();
        Assert.Equal("bind: the last hop: TTL expired", (await entry.NextRecordAsync()).Reason);
        Assert.Equal(0, other.Clients);
    }

    [Fact]
    public async Task A_chain_that_breaks_while_it_waits_fails_the_bind()
    {
        using var hop = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            await hop.TakeRequestAsync(client);
            await client.SendAsync(SocksReply.Success(Literal(V4, 4000)));
            client.Dispose();
        });
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        Assert.Equal(ReplyCode.GeneralFailure, (await socks.ReadAsync<SocksReply>()).Code);
        socks.Dispose();
        Assert.Equal("bind: the chain is gone (closed)", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task A_peer_that_the_rules_keep_out_is_refused()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal(V4, 4000)), SocksReply.Success(Literal("192.0.2.66", 5000))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + """
            chains.way.hops = [{ gateways = [hop] }]
            routes = [{ to = "192.0.2.66", via = reject }, { to = any, via = way }]
            """);
        using var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        Assert.Equal(ReplyCode.NotAllowed, (await socks.ReadAsync<SocksReply>()).Code);
    }

    [Fact]
    public async Task When_nobody_comes_in_time_the_client_is_told()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal(V4, 4000))]);
        await using var entry = await TestGateway.StartAsync("timeouts.bind = 50ms\n" + Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        Assert.Equal(ReplyCode.TtlExpired, (await socks.ReadAsync<SocksReply>()).Code);
    }

    [Fact]
    public async Task When_the_client_leaves_the_hop_stops_listening()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using (var socks = await entry.ConnectAsync())
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0))).Code);

        await a.HasSocketsAsync(0);
        Assert.Equal("bind: the client left", (await entry.NextRecordAsync()).Reason);
    }
}
