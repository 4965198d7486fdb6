using System.Net;
using System.Text;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary>Servers that connect and do not relay datagrams, and what an association does about them.</summary>
public class ChainUdpFailoverTests
{
    [Theory]
    [InlineData(ReplyCode.CommandNotSupported)]
    [InlineData(ReplyCode.NotAllowed)]
    [InlineData(ReplyCode.GeneralFailure)]
    public async Task A_hop_on_the_way_that_does_not_relay_gives_way_to_one_that_does(ReplyCode code)
    {
        using var deaf = ConnectsOnly(code);
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("deaf", deaf.Endpoint) + Server("a", a, V4) + Server("b", b, V4)
            + Chain("{ gateways = [deaf, a], pick = in-order }, { gateways = [b] }", "hedge-after = off"));
        using (var udp = await UdpClient.AssociateAsync(entry, V4))
            await EchoesAsync(udp);

        Assert.Equal(["a", "b"], (await entry.NextRecordAsync()).Hops.Select(hop => hop.Name));
    }

    [Fact]
    public async Task A_last_hop_that_does_not_relay_gives_way_to_one_that_does()
    {
        using var deaf = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.CommandNotSupported);
        await using var b = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("deaf", deaf.Endpoint) + Server("b", b, V4) + Chain("{ gateways = [deaf, b], pick = in-order }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await EchoesAsync(udp);
        Assert.Equal(1, deaf.Clients);
    }

    [Fact]
    public async Task Where_no_hop_relays_the_client_hears_why()
    {
        using var deaf = ConnectsOnly(ReplyCode.CommandNotSupported);
        await using var entry = await TestGateway.StartAsync(
            Server("deaf", deaf.Endpoint) + "gateways.last.address = \"192.0.2.2:1080\"\n" + Chain("{ gateways = [deaf] }, { gateways = [last] }"));
        using (var socks = await entry.ConnectAsync())
            Assert.Equal(ReplyCode.CommandNotSupported, (await socks.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);

        Assert.Equal($"chain way, hop 1 deaf ({deaf.Endpoint}), request: command not supported", (await entry.NextRecordAsync()).Reason);
        Assert.Equal(2, deaf.Clients);
    }

    [Fact]
    public async Task A_relay_of_a_family_that_the_leg_may_not_have_is_not_used()
    {
        using var elsewhere = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("2001:db8::1", 1))]);
        await using var b = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("elsewhere", elsewhere.Endpoint) + Server("b", b, V4) + Chain("{ gateways = [elsewhere, b], pick = in-order, over = ipv4 }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await EchoesAsync(udp);
        udp.Dispose();
        Assert.Equal("b", Assert.Single((await entry.NextRecordAsync()).Hops).Name);
    }

    [Fact]
    public async Task A_relay_of_the_other_family_is_reached_over_that_where_the_leg_may_have_any()
    {
        using var relay = new UdpPeer(IPAddress.IPv6Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(SocksEndpoint.From(relay.Endpoint))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await udp.SendAsync(Literal("192.0.2.53", 53), "question");

        var (octets, _) = await relay.ReceiveAsync();
        Assert.Equal([.. new UdpHeader(0, Literal("192.0.2.53", 53)).ToBytes(), .. "question"u8], octets);
    }

    [Fact]
    public async Task A_chain_that_is_down_keeps_nobody_from_the_direct_way()
    {
        using var deaf = ScriptedHop.BreakingOff(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("deaf", deaf.Endpoint) + """
            chains.way.hops = [{ gateways = [deaf] }]
            routes = [{ to = "::1", via = way }, { to = any, via = direct }]
            """);
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await EchoesAsync(udp);
        Assert.Equal(0, deaf.Clients);
        await udp.SendAsync(Literal(V6, 53), "lost");
        await Eventually.Holds(
            () => entry.Host.Status.Events.After(0).Any(news => news.Kind == GatewayEventKind.AssociationBroken && news.Message.Contains("hop 1 deaf", StringComparison.Ordinal)),
            () => "nobody hears of it");
    }

    /// <summary>A datagram there and back.</summary>
    private static async Task EchoesAsync(UdpClient udp)
    {
        using var there = new UdpPeer(IPAddress.Loopback);
        await udp.SendAsync(there.Endpoint, "question");
        var (octets, from) = await there.ReceiveAsync();
        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        await there.SendAsync("answer"u8.ToArray(), from);
        Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
    }

    /// <summary>Connects to the next hop, plays that one's part, and refuses to relay datagrams itself.</summary>
    private static ScriptedHop ConnectsOnly(ReplyCode code) => new(IPAddress.Loopback, async (hop, client) =>
    {
        if (await hop.TakeRequestAsync(client) is { Command: SocksCommand.UdpAssociate })
        {
            await client.SendAsync(SocksReply.Failure(code));
            return;
        }
        await client.SendAsync(SocksReply.Success(Literal(V4, 1)));
        await hop.TakeRequestAsync(client);
        await client.SendAsync(SocksReply.Success(Literal("192.0.2.2", 2)));
    });
}
