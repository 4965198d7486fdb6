using System.Net;
using System.Text;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using SocksLib;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary>UDP ASSOCIATE through chains: nested headers, and one control connection for each hop.</summary>
public class ChainUdpTests
{
    [Theory]
    [InlineData(V4, V6, V4, V6)]
    [InlineData(V6, V4, V6, V4)]
    [InlineData(V4, V4, V4, V4)]
    public async Task Datagrams_travel_through_every_hop_and_back(string client, string first, string second, string remote)
    {
        await using var c = await TestGateway.StartAsync();
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("a", a, first) + Server("b", b, second, "one-flight = on") + Server("c", c, first) + Chain("{ gateways = [a] }, { gateways = [b] }, { gateways = [c] }"));
        using var there = new UdpPeer(IPAddress.Parse(remote));
        using (var udp = await UdpClient.AssociateAsync(entry, client))
        {
            await udp.SendAsync(there.Endpoint, "question");
            var (octets, from) = await there.ReceiveAsync();
            Assert.Equal("question", Encoding.ASCII.GetString(octets));
            await there.SendAsync("answer"u8.ToArray(), from);

            Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
            Assert.Equal((3, 2, 1), (a.Host.Sessions, b.Host.Sessions, c.Host.Sessions));
        }
        var record = await entry.NextRecordAsync();
        Assert.Equal(["a", "b", "c"], record.Hops.Select(hop => hop.Name));
        Assert.Equal((8L, 6L), (record.Sent, record.Received));
    }

    /// <summary>A hop drops datagrams that do not come from where its control connection comes from, whichever client's they are.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.5")]
    [InlineData("127.0.0.6")]
    [InlineData("127.0.0.7\", \"127.0.0.8")]
    public async Task Datagrams_leave_a_hop_in_mid_chain_from_where_its_control_connection_does(string own)
    {
        const string egress = "egress.ipv4 = [\"127.0.0.2\", \"127.0.0.3\", \"127.0.0.4\"]";
        await using var c = await TestGateway.StartAsync();
        await using var b = await TestGateway.StartAsync(egress);
        await using var a = await TestGateway.StartAsync(egress);
        await using var entry = await TestGateway.StartAsync(
            $"egress.ipv4 = [\"{own}\"]\n" + Server("a", a, V4) + Server("b", b, V4) + Server("c", c, V4) + Chain("{ gateways = [a] }, { gateways = [b] }, { gateways = [c] }"));
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await udp.SendAsync(there.Endpoint, "question");
        var (octets, from) = await there.ReceiveAsync();
        await there.SendAsync("answer"u8.ToArray(), from);

        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task A_name_in_a_datagram_is_resolved_by_the_last_hop()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V6) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        b.Names.Add("there.test", V6);
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await udp.SendAsync(Named("there.test", there.Endpoint.Port), "question");

        Assert.Equal("question", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
        Assert.Equal((0, 0), (entry.Names.Asked, a.Names.Asked));
    }

    [Fact]
    public async Task Fragments_are_put_together_by_the_entry()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        await udp.SendAsync(there.Endpoint, "ques", fragment: 1);
        await udp.SendAsync(there.Endpoint, "tion", fragment: 2 | UdpHeader.LastFragment);

        Assert.Equal("question", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
    }

    [Fact]
    public async Task An_ADDRESS_ID_stays_with_the_entry_and_its_remote_answers_under_it()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4, SocksEndpoint.From(there.Endpoint), command: SocksCommand.UdpAssociateWithId);
        var id = new SocksEndpoint(udp.Reply.Bound.Address, (ushort)there.Endpoint.Port);

        await udp.SendAsync(id, "question");
        var (octets, from) = await there.ReceiveAsync();
        await there.SendAsync("answer"u8.ToArray(), from);

        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        Assert.Equal((id, "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task One_association_has_direct_destinations_and_others_behind_a_chain()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + """
            chains.way.hops = [{ gateways = [a] }]
            routes = [{ to = "127.0.0.1", via = direct }, { to = "::1", via = way }]
            """);
        using var near = new UdpPeer(IPAddress.Loopback);
        using var far = new UdpPeer(IPAddress.IPv6Loopback);
        var udp = await UdpClient.AssociateAsync(entry, V4);
        Assert.Equal(0, a.Host.Sessions);

        foreach (var peer in new[] { near, far, near })
        {
            await udp.SendAsync(peer.Endpoint, "question");
            var (_, from) = await peer.ReceiveAsync();
            await peer.SendAsync("answer"u8.ToArray(), from);
            Assert.Equal((SocksEndpoint.From(peer.Endpoint), "answer"), await udp.ReceiveAsync());
        }
        Assert.Equal(1, a.Host.Sessions);
        udp.Dispose();
        var record = await entry.NextRecordAsync();
        Assert.Equal([("direct", 16L, 12L, ""), ("way", 8L, 6L, "a")], record.Ways.Select(way => (way.Via, way.Sent, way.Received, string.Join(' ', way.Hops.Select(hop => hop.Name)))));
        Assert.Equal((24L, 18L, "a"), (record.Sent, record.Received, record.Hops.Single().Name));
    }

    [Fact]
    public async Task The_record_names_every_chain_that_carried_datagrams()
    {
        await using var a = await TestGateway.StartAsync();
        await using var b = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V4) + """
            chains { near.hops = [{ gateways = [a] }], far.hops = [{ gateways = [b] }, { gateways = [a] }] }
            routes = [{ to = "127.0.0.1", via = near }, { to = "::1", via = far }]
            """);
        using var near = new UdpPeer(IPAddress.Loopback);
        using var far = new UdpPeer(IPAddress.IPv6Loopback);
        using (var udp = await UdpClient.AssociateAsync(entry, V4))
        {
            foreach (var peer in new[] { near, far })
            {
                await udp.SendAsync(peer.Endpoint, "question");
                await peer.ReceiveAsync();
            }
            var live = (await entry.Host.Status.SessionsAsync(new SessionFilter { Hop = "b", Via = "far" })).Sessions.Single();
            Assert.Equal([("near", true), ("far", true)], live.Ways.Select(way => (way.Via, way.Stands)));
        }

        var record = await entry.NextRecordAsync();
        Assert.Equal([("near", 8L, "a"), ("far", 8L, "b a")], record.Ways.Select(way => (way.Via, way.Sent, string.Join(' ', way.Hops.Select(hop => hop.Name)))));
    }

    [Fact]
    public async Task The_reply_waits_for_the_chain_and_tells_why_it_failed()
    {
        using var deaf = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.CommandNotSupported);
        await using var entry = await TestGateway.StartAsync(Server("deaf", deaf.Endpoint) + Chain("{ gateways = [deaf] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.CommandNotSupported, (await socks.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);

        socks.Dispose();
        var record = await entry.NextRecordAsync();
        Assert.Equal((1, ChainPhase.Request), (record.FailedHop, record.FailedPhase));
        Assert.Equal($"chain way, hop 1 deaf ({deaf.Endpoint}), request: command not supported", record.Reason);
    }

    [Fact]
    public async Task A_relay_at_no_address_is_at_the_hops_own()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("0.0.0.0", relay.Endpoint.Port))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V6);

        await udp.SendAsync(Named("there.test", 53), "question");
        var (octets, from) = await relay.ReceiveAsync();
        Assert.Equal([.. new UdpHeader(0, Named("there.test", 53)).ToBytes(), .. "question"u8], octets);
        await relay.SendAsync([.. new UdpHeader(0, Literal("192.0.2.53", 53)).ToBytes(), .. "answer"u8], from);

        Assert.Equal((Literal("192.0.2.53", 53), "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task What_does_not_come_from_the_first_hops_relay_is_dropped()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        using var stranger = new UdpPeer(IPAddress.Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(SocksEndpoint.From(relay.Endpoint))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);
        await udp.SendAsync(Literal("192.0.2.53", 53), "question");
        var (_, from) = await relay.ReceiveAsync();
        byte[] Answer(string data) => [.. new UdpHeader(0, Literal("192.0.2.53", 53)).ToBytes(), .. Encoding.ASCII.GetBytes(data)];

        await stranger.SendAsync(Answer("forged"), from);
        await relay.SendAsync("no header"u8.ToArray(), from);
        await relay.SendAsync(Answer("answer"), from);

        Assert.Equal((Literal("192.0.2.53", 53), "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task Losing_a_control_connection_rehomes_the_association_behind_the_same_port()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        var first = new TaskCompletionSource<SocksTestClient>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var dying = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            if (!first.TrySetResult(client))
            {
                client.Dispose();
                return;
            }
            await hop.TakeRequestAsync(client);
            await client.SendAsync(SocksReply.Success(SocksEndpoint.From(relay.Endpoint)));
        });
        await using var b = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("dying", dying.Endpoint) + Server("b", b, V4) + Chain("{ gateways = [dying, b], pick = in-order }", "hedge-after = off"));
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4);
        await udp.SendAsync(there.Endpoint, "before");
        await relay.ReceiveAsync();

        (await first.Task).Dispose();
        await b.HasSessionsAsync(1);
        await udp.SendAsync(there.Endpoint, "after");

        var (octets, from) = await there.ReceiveAsync();
        Assert.Equal("after", Encoding.ASCII.GetString(octets));
        await there.SendAsync("answer"u8.ToArray(), from);
        Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
        udp.Control.Dispose();
        Assert.Equal("b", Assert.Single((await entry.NextRecordAsync()).Hops).Name);
    }

    [Fact]
    public async Task Losing_the_connection_to_a_hop_in_the_middle_rehomes_it_too()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        var controls = System.Threading.Channels.Channel.CreateUnbounded<SocksTestClient>();
        using var middle = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            if (await hop.TakeRequestAsync(client) is { Command: SocksCommand.UdpAssociate })
            {
                await client.SendAsync(SocksReply.Success(SocksEndpoint.From(relay.Endpoint)));
                await controls.Writer.WriteAsync(client);
                return;
            }
            await client.SendAsync(SocksReply.Success(Literal(V4, 1)));
            await hop.TakeRequestAsync(client);
            await client.SendAsync(SocksReply.Success(Literal("192.0.2.2", 2)));
        });
        await using var entry = await TestGateway.StartAsync(
            Server("middle", middle.Endpoint) + "gateways.last.address = \"192.0.2.2:1080\"\n" + Chain("{ gateways = [middle] }, { gateways = [last] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);
        (await controls.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience)).Dispose();

        await controls.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Patience);
        await Eventually.Holds(() => middle.Clients >= 4, () => $"{middle.Clients} connections");
        await udp.SendAsync(Literal("192.0.2.53", 53), "after");

        var (octets, _) = await relay.ReceiveAsync();
        Assert.Equal([.. new UdpHeader(0, Literal("192.0.2.2", 2)).ToBytes(), .. new UdpHeader(0, Literal("192.0.2.53", 53)).ToBytes(), .. "after"u8], octets);
    }

    [Fact]
    public async Task A_way_that_breaks_while_it_is_followed_gives_way_to_another()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        var isBroken = 0;
        using var middle = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            if (await hop.TakeRequestAsync(client) is { Command: SocksCommand.UdpAssociate })
            {
                if (Interlocked.Exchange(ref isBroken, 1) == 0)
                    client.Dispose();
                else
                    await client.SendAsync(SocksReply.Success(SocksEndpoint.From(relay.Endpoint)));
                return;
            }
            await client.SendAsync(SocksReply.Success(Literal(V4, 1)));
            await hop.TakeRequestAsync(client);
            await client.SendAsync(SocksReply.Success(Literal("192.0.2.2", 2)));
        });
        await using var entry = await TestGateway.StartAsync(
            Server("middle", middle.Endpoint) + "gateways.last.address = \"192.0.2.2:1080\"\n" + Chain("{ gateways = [middle] }, { gateways = [last] }"));

        using var udp = await UdpClient.AssociateAsync(entry, V4);

        Assert.Equal(ReplyCode.Succeeded, udp.Reply.Code);
    }

    [Fact]
    public async Task Interface_data_is_told_by_the_last_hop()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("a", a, V4) + Server("b", b, V6, "address-associate = on") + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);

        var told = await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint));
        await udp.SendAsync(there.Endpoint, "x");

        Assert.Equal(SocksReply.Success(SocksEndpoint.From((await there.ReceiveAsync()).From)), told);
    }

    [Fact]
    public async Task Interface_data_waits_for_the_chain()
    {
        await using var plain = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4, "address-associate = on") + Server("plain", plain, V4) + """
            chains.way.hops = [{ gateways = [a, plain], pick = in-order }]
            routes = [{ to = "127.0.0.1", via = direct }, { to = "::1", via = way }]
            """);
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);
        Assert.Equal(0, a.Host.Sessions);

        var told = await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint));
        await udp.SendAsync(there.Endpoint, "x");

        Assert.Equal(SocksReply.Success(SocksEndpoint.From((await there.ReceiveAsync()).From)), told);
    }

    [Fact]
    public async Task Interface_data_of_a_chain_that_fails_is_told_with_its_code()
    {
        using var deaf = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.CommandNotSupported);
        await using var entry = await TestGateway.StartAsync(Server("deaf", deaf.Endpoint) + """
            chains.way.hops = [{ gateways = [deaf] }]
            routes = [{ to = "::1", via = way }, { to = any, via = direct }]
            """);
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);

        Assert.Equal(ReplyCode.CommandNotSupported, (await udp.AskAsync(ControlRequest.InterfaceData, Literal(V6, 53))).Code);
        Assert.Equal(ReplyCode.HostUnreachable, (await udp.AskAsync(ControlRequest.InterfaceData, Literal(V6, 53))).Code);
    }

    [Fact]
    public async Task Interface_data_that_the_last_hop_does_not_know_is_no_command()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);

        Assert.Equal(ReplyCode.CommandNotSupported, (await udp.AskAsync(ControlRequest.InterfaceData, Literal("192.0.2.53", 53))).Code);
    }

    [Fact]
    public async Task A_destination_of_a_family_that_the_chain_forbids_is_out_of_reach()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("a", a, V4, "address-associate = on") + Chain("{ gateways = [a] }", "destination.over = ipv6"));
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var forbidden = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);

        Assert.Equal(ReplyCode.HostUnreachable, (await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(forbidden.Endpoint))).Code);
        await udp.SendAsync(forbidden.Endpoint, "dropped");
        await udp.SendAsync(there.Endpoint, "sent");

        Assert.Equal("sent", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
    }

    [Theory]
    [InlineData("ipv4", V4)]
    [InlineData("ipv6", V6)]
    public async Task A_name_whose_family_is_a_contract_is_asked_for_first(string over, string remote)
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("a", a, V4) + Server("b", b, V4, "address-associate = on") + Chain("{ gateways = [a] }, { gateways = [b] }", $"destination.over = {over}"));
        using var there = new UdpPeer(IPAddress.Parse(remote));
        b.Names.Add("both.test", V4, V6);
        using var udp = await UdpClient.AssociateAsync(entry, V4);

        foreach (var _ in new[] { 1, 2 })
        {
            await udp.SendAsync(Named("both.test", there.Endpoint.Port), "question");
            var (octets, from) = await there.ReceiveAsync();
            Assert.Equal("question", Encoding.ASCII.GetString(octets));
            await there.SendAsync("answer"u8.ToArray(), from);
            Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
        }
        Assert.Equal(1, b.Names.Asked);
    }

    [Fact]
    public async Task Who_was_not_written_to_does_not_answer_until_names_are()
    {
        using var relay = new UdpPeer(IPAddress.Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(SocksEndpoint.From(relay.Endpoint))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var udp = await UdpClient.AssociateAsync(entry, V4);
        await udp.SendAsync(Literal("192.0.2.53", 53), "question");
        var (_, from) = await relay.ReceiveAsync();
        Task AnswerAsync(string source, string data) =>
            relay.SendAsync([.. new UdpHeader(0, Literal(source, 53)).ToBytes(), .. Encoding.ASCII.GetBytes(data)], from);

        await AnswerAsync("192.0.2.54", "unasked");
        await AnswerAsync("192.0.2.53", "answer");
        Assert.Equal((Literal("192.0.2.53", 53), "answer"), await udp.ReceiveAsync());

        await udp.SendAsync(Named("there.test", 53), "question");
        await relay.ReceiveAsync();
        await AnswerAsync("192.0.2.54", "asked by name");
        Assert.Equal((Literal("192.0.2.54", 53), "asked by name"), await udp.ReceiveAsync());
    }
}
