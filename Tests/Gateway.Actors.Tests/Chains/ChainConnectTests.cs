using System.Net;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using SocksLib;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary>CONNECT through gateways of our own make and others, over real sockets.</summary>
public class ChainConnectTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Theory]
    [InlineData(V4, V6, V4, V6)]
    [InlineData(V6, V4, V6, V4)]
    [InlineData(V4, V4, V4, V4)]
    public async Task Every_leg_has_the_family_that_the_chain_gives_it(string client, string first, string second, string destination)
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("a", a, first) + Server("b", b, second, "one-flight = on, address-associate = on")
            + Chain($"{{ gateways = [a], over = {Word(first)} }}, {{ gateways = [b], over = {Word(second)} }}", $"destination.over = {Word(destination)}"));
        using var echo = new EchoServer(IPAddress.Parse(destination));
        using (var socks = await entry.ConnectAsync(IPAddress.Parse(client)))
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }

        var record = await entry.NextRecordAsync();
        Assert.Equal(
            [("a", LiteralEndpoint.From(Door(a, first))), ("b", LiteralEndpoint.From(Door(b, second)))],
            record.Hops.Select(hop => (hop.Name, hop.Address)));
        Assert.All(record.Hops, hop => Assert.True(hop.Answered >= TimeSpan.Zero));
        Assert.Equal(("way", 5L, 5L, (int?)null), (record.Route!.Via, record.Sent, record.Received, record.FailedHop));
        Assert.Equal(LiteralEndpoint.From(Door(b, second)).ToString(), (await a.NextRecordAsync()).Destination);
        Assert.Equal(echo.Endpoint.ToString(), (await b.NextRecordAsync()).Destination);
    }

    [Fact]
    public async Task A_hop_that_turns_out_to_be_the_gateway_itself_is_left_out()
    {
        await using var other = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync();
        entry.Names.Add("gate.test", V4);
        var me = $"gateways.me.address = \"gate.test:{Door(entry, V4).Port}\"\n";
        using var echo = new EchoServer(IPAddress.Loopback);

        await entry.ReloadAsync(me + Chain("{ gateways = [me] }"));
        using (var socks = await entry.ConnectAsync())
            Assert.Equal(ReplyCode.TtlExpired, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        var records = new[] { await entry.NextRecordAsync(), await entry.NextRecordAsync() };
        Assert.Contains(records, record => record.Reason?.EndsWith("it is this gateway itself, and the chain would go in circles", StringComparison.Ordinal) == true);

        await entry.ReloadAsync(me + Server("other", other, V4) + Chain("{ gateways = [me, other], pick = in-order }"));
        using (var socks = await entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_a_download_is_a_failure_at_no_gateway()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V4) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var there = new TcpDestination(IPAddress.Loopback);
        var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, there.Endpoint);
        using var server = await there.AcceptAsync();
        await server.WriteAsync(new byte[100_000]);
        await socks.ReadAsync(1000);

        socks.Socket.Reset();

        Assert.True(await server.IsResetAsync());
        foreach (var gateway in new[] { entry, a, b })
        {
            Assert.Equal("relay: the client reset the connection", (await gateway.NextRecordAsync()).Reason);
            Assert.Equal(0, (await gateway.Host.Status.CountAsync())[SessionFailure.Relay]);
        }
    }

    [Fact]
    public async Task A_name_travels_as_a_name_to_the_last_hop()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V6) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        b.Names.Add("echo.test", V6);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("echo.test", echo.Endpoint.Port))).Code);

        await socks.EchoAsync(Hello);
        Assert.Equal((0, 0), (entry.Names.Asked, a.Names.Asked));
    }

    [Theory]
    [InlineData("[::1]")]
    [InlineData("::1")]
    public async Task A_literal_in_the_form_of_a_name_travels_as_a_literal(string name)
    {
        using var hop = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.ConnectionRefused);
        await using var entry = await TestGateway.StartAsync(Server("a", hop.Endpoint) + Chain("{ gateways = [a] }"));
        using var socks = await entry.ConnectAsync();

        await socks.AskAsync(SocksCommand.Connect, Named(name, 80));

        Assert.Equal(new SocksRequest(SocksCommand.Connect, RequestFlags.None, Literal("::1", 80)), Assert.Single(hop.Requests));
    }

    [Fact]
    public async Task A_gateway_that_is_named_is_resolved_by_the_entry_within_the_legs_family()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            $"gateways {{ a {{ address = \"a.test:{Door(a, V6).Port}\" }}, b {{ address = \"b.test:{Door(b, V4).Port}\" }} }}\n"
            + Chain("{ gateways = [a], over = ipv6 }, { gateways = [b], over = ipv4 }"));
        using var echo = new EchoServer(IPAddress.Loopback);
        entry.Names.Add("a.test", V4, V6);
        entry.Names.Add("b.test", V4, V6);
        using (var socks = await entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }

        Assert.Equal([Door(a, V6).ToString(), Door(b, V4).ToString()], (await entry.NextRecordAsync()).Hops.Select(hop => hop.Address.ToString()));
        Assert.Equal(0, a.Names.Asked);
    }

    [Fact]
    public async Task Chain_reports_the_hop_that_refused()
    {
        await using var b = await TestGateway.StartAsync("routes = [{ to = any, via = reject }]");
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V6) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);

        socks.Dispose();
        var record = await entry.NextRecordAsync();
        Assert.Equal($"chain way, hop 2 b ({Door(b, V6)}), request: connection not allowed by ruleset", record.Reason);
        Assert.Equal((2, ChainPhase.Request, ReplyCode.NotAllowed), (record.FailedHop, record.FailedPhase, record.Reply));
    }

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task What_the_last_hop_says_of_the_destination_is_what_the_client_hears(string family)
    {
        using var closed = new ClosedPort(IPAddress.Parse(family));
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.ConnectionRefused, (await socks.AskAsync(SocksCommand.Connect, closed.Endpoint)).Code);
        socks.Dispose();
        Assert.Equal($"chain way, hop 1 a ({Door(a, V4)}), request: connection refused", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task A_code_that_RFC_1928_does_not_know_is_a_general_failure_to_the_client()
    {
        using var odd = ScriptedHop.Refusing(IPAddress.Loopback, (ReplyCode)0x5B);
        await using var entry = await TestGateway.StartAsync(Server("odd", odd.Endpoint) + Chain("{ gateways = [odd] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.GeneralFailure, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        Assert.EndsWith("request: unassigned reply code 5B", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task The_client_sees_no_failure_while_a_candidate_lives()
    {
        using var gone = new ClosedPort(IPAddress.Loopback);
        using var broken = ScriptedHop.BreakingOff(IPAddress.Loopback);
        await using var a = await TestGateway.StartAsync();
        await using var b = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("gone", gone.Endpoint) + Server("broken", broken.Endpoint) + Server("a", a, V4) + Server("b", b, V6)
            + Chain("{ gateways = [gone, broken, a], pick = in-order }, { gateways = [gone, broken, b], pick = in-order }", "hedge-after = off"));
        using var echo = new EchoServer(IPAddress.Loopback);
        using (var socks = await entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }
        Assert.Equal(["a", "b"], (await entry.NextRecordAsync()).Hops.Select(hop => hop.Name));
    }

    [Fact]
    public async Task What_one_connection_learned_of_a_leg_spares_the_next_one()
    {
        using var broken = ScriptedHop.BreakingOff(IPAddress.Loopback);
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("broken", broken.Endpoint) + Server("a", a, V4) + Chain("{ gateways = [broken, a], pick = in-order }", "hedge-after = off"), new FakeTime());
        using var echo = new EchoServer(IPAddress.Loopback);
        for (var connection = 0; connection < 3; connection++)
        {
            using var socks = await entry.ConnectAsync();
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        }
        Assert.Equal(1, broken.Clients);
    }

    [Fact]
    public async Task Beside_a_silent_hop_another_is_tried()
    {
        using var silent = ScriptedHop.Silent(IPAddress.Loopback);
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(
            Server("silent", silent.Endpoint) + Server("a", a, V4) + Chain("{ gateways = [silent, a], pick = in-order }", "hedge-after = 20ms"));
        using var echo = new EchoServer(IPAddress.Loopback);
        using (var socks = await entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }
        Assert.Equal("a", Assert.Single((await entry.NextRecordAsync()).Hops).Name);
        Assert.Equal(1, silent.Clients);
    }

    [Fact]
    public async Task A_chain_whose_time_is_over_fails_and_leaves_nothing_open()
    {
        using var silent = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(
            Server("silent", silent.Endpoint) + Chain("{ gateways = [silent] }", "setup-timeout = 100ms, hedge-after = off"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        Assert.Equal($"chain way, hop 1 silent ({silent.Endpoint}), greeting: no answer within the chain's 0.1 s", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Where_no_candidate_lives_the_last_one_is_named_with_its_cause()
    {
        using var gone = new ClosedPort(IPAddress.IPv6Loopback);
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("gone", gone.Endpoint) + Chain("{ gateways = [a] }, { gateways = [gone] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.ConnectionRefused, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        var record = await entry.NextRecordAsync();
        Assert.Equal($"chain way, hop 2 gone ({gone.Endpoint}), connect: connection refused", record.Reason);
        Assert.Equal((2, ChainPhase.Connect), (record.FailedHop, record.FailedPhase));
    }

    [Fact]
    public async Task A_hop_that_wants_a_password_gets_the_one_of_the_settings()
    {
        using var locked = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            Assert.True((await client.ReadAsync<MethodOffer>()).Offers(AuthMethod.Password));
            await client.SendAsync(new MethodChoice(AuthMethod.Password));
            var login = await client.ReadAsync<PasswordRequest>();
            await client.SendAsync(login == new PasswordRequest("me", "open sesame") ? PasswordReply.Accepted : PasswordReply.Refused);
            await hop.ReadRequestAsync(client);
            await client.SendAsync((byte[])[.. SocksReply.Success(Literal("192.0.2.1", 1)).ToBytes(), .. Hello]);
        });
        await using var entry = await TestGateway.StartAsync(
            Server("right", locked.Endpoint, "username = me, password = \"open sesame\"") + Chain("{ gateways = [right] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        Assert.Equal(Hello, await socks.ReadAsync(Hello.Length));
    }

    [Fact]
    public async Task A_login_that_is_refused_is_told_apart_from_a_request_that_is()
    {
        using var locked = new ScriptedHop(IPAddress.Loopback, async (_, client) =>
        {
            await client.ReadAsync<MethodOffer>();
            await client.SendAsync(new MethodChoice(AuthMethod.Password));
            await client.ReadAsync<PasswordRequest>();
            await client.SendAsync(PasswordReply.Refused);
        });
        await using var entry = await TestGateway.StartAsync(
            Server("locked", locked.Endpoint, "username = me, password = wrong") + Chain("{ gateways = [locked] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.GeneralFailure, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        Assert.Equal($"chain way, hop 1 locked ({locked.Endpoint}), authentication: login refused", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task In_one_flight_everything_leaves_before_anything_is_answered()
    {
        using var patient = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            await client.ReadAsync<MethodOffer>();
            await hop.ReadRequestAsync(client);
            await client.SendAsync((byte[])[.. new MethodChoice(AuthMethod.NoAuthentication).ToBytes(), .. SocksReply.Success(Literal("192.0.2.1", 1)).ToBytes()]);
        });
        await using var entry = await TestGateway.StartAsync(Server("patient", patient.Endpoint, "one-flight = on") + Chain("{ gateways = [patient] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
    }

    [Fact]
    public async Task What_arrives_behind_the_last_reply_reaches_the_client()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("192.0.2.1", 1))], behind: Hello);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        Assert.Equal(Hello, await socks.ReadAsync(Hello.Length));
    }

    [Fact]
    public async Task What_the_client_sends_behind_its_request_reaches_the_destination()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await entry.ConnectAsync();
        await socks.GreetAsync(AuthMethod.NoAuthentication);

        await socks.SendAsync((byte[])[.. new SocksRequest(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(echo.Endpoint)).ToBytes(), .. Hello]);

        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
        Assert.Equal(Hello, await socks.ReadAsync(Hello.Length));
    }

    [Fact]
    public async Task Half_close_is_kept_through_a_chain()
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V6) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        using var destination = new TcpDestination(IPAddress.IPv6Loopback);
        using var socks = await entry.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, destination.Endpoint);
        using var there = await destination.AcceptAsync();

        await socks.SendAsync(Hello);
        socks.Socket.Finish();
        Assert.Equal(Hello, await there.ReadToEndAsync());
        await there.WriteAsync("answer"u8.ToArray());
        there.Finish();

        Assert.Equal("answer"u8.ToArray(), await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task When_the_client_leaves_the_chain_is_given_up()
    {
        using var silent = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("silent", silent.Endpoint) + Chain("{ gateways = [silent] }"));
        using (var socks = await entry.ConnectAsync())
        {
            await socks.GreetAsync(AuthMethod.NoAuthentication);
            await socks.SendAsync(new SocksRequest(SocksCommand.Connect, RequestFlags.None, Literal("192.0.2.80", 80)));
            await Eventually.Holds(() => silent.Clients == 1, () => "no chain is begun");
            socks.Socket.Reset();
        }
        Assert.Equal("chain: the client left", (await entry.NextRecordAsync()).Reason);
        await entry.HasSocketsAsync(0);
    }

    [Theory]
    [InlineData(V4, V4, false)]
    [InlineData(V6, V6, false)]
    [InlineData(V4, V6, true)]
    [InlineData(V6, V4, true)]
    public async Task Flag_10_shows_what_the_last_hop_is_bound_to(string client, string destination, bool isAsked)
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, client, "address-associate = on") + Chain("{ gateways = [a] }"));
        using var there = new TcpDestination(IPAddress.Parse(destination));
        using var socks = await entry.ConnectAsync(IPAddress.Parse(client));

        var reply = await socks.AskAsync(SocksCommand.Connect, there.Endpoint, isAsked ? RequestFlags.DestinationFamily : RequestFlags.None);

        using var seen = await there.AcceptAsync();
        Assert.Equal(SocksEndpoint.From(seen.There), reply.Bound);
    }

    [Theory]
    [InlineData(V4, V6)]
    [InlineData(V6, V4)]
    public async Task Without_flag_10_a_bound_address_of_the_other_family_is_replaced(string client, string destination)
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, destination) + Chain("{ gateways = [a] }"));
        using var there = new TcpDestination(IPAddress.Parse(destination));
        using var socks = await entry.ConnectAsync(IPAddress.Parse(client));

        var reply = await socks.AskAsync(SocksCommand.Connect, there.Endpoint);

        using var seen = await there.AcceptAsync();
        Assert.Equal((IPAddress.Parse(client), seen.There.Port), (reply.Bound.Ip(), (int)reply.Bound.Port));
    }

    [Fact]
    public async Task Strangers_see_no_bit_that_RFC_1928_does_not_know()
    {
        using var stranger = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.ConnectionRefused);
        await using var entry = await TestGateway.StartAsync(Server("stranger", stranger.Endpoint) + Chain("{ gateways = [stranger] }"));
        using var socks = await entry.ConnectAsync();

        await socks.AskAsync(SocksCommand.ConnectWithId, Literal("192.0.2.80", 80), RequestFlags.DestinationFamily);

        Assert.Equal(new SocksRequest(SocksCommand.Connect, RequestFlags.None, Literal("192.0.2.80", 80)), Assert.Single(stranger.Requests));
    }

    [Fact]
    public async Task An_ADDRESS_ID_is_given_by_the_entry_and_leads_through_the_chain()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        a.Names.Add("echo.test", V6);
        AddressId id;
        using (var first = await entry.ConnectAsync())
        {
            var reply = await first.AskAsync(SocksCommand.ConnectWithId, Named("echo.test", echo.Endpoint.Port));
            id = reply.Id();
            await first.EchoAsync(Hello);
        }
        using var second = await entry.ConnectAsync();

        var again = await second.AskAsync(SocksCommand.Connect, new SocksEndpoint(SocksAddress.From(id), (ushort)echo.Endpoint.Port));

        Assert.Equal(ReplyCode.Succeeded, again.Code);
        await second.EchoAsync(Hello);
    }

    [Fact]
    public async Task SOCKS4_clients_go_through_chains_too()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V6) + Chain("{ gateways = [a] }"));
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await entry.ConnectAsync();

        await socks.SendAsync((byte[])[4, 1, (byte)(echo.Endpoint.Port >> 8), (byte)echo.Endpoint.Port, 127, 0, 0, 1, 0]);

        Assert.Equal(0x5A, (await socks.ReadAsync(8))[1]);
        await socks.EchoAsync(Hello);
    }

    [Fact]
    public async Task Routes_choose_between_a_chain_and_the_direct_way()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + """
            chains.way.hops = [{ gateways = [a] }]
            routes = [{ to = "::1", via = way }, { to = any, via = direct }]
            """);
        using var echo6 = new EchoServer(IPAddress.IPv6Loopback);
        using var echo4 = new EchoServer(IPAddress.Loopback);
        foreach (var (echo, hops) in new[] { (echo6, 1), (echo4, 0) })
        {
            using (var socks = await entry.ConnectAsync())
            {
                Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
                await socks.EchoAsync(Hello);
            }
            Assert.Equal(hops, (await entry.NextRecordAsync()).Hops.Count);
        }
    }

    private static string Word(string family) => family == V4 ? "ipv4" : "ipv6";
}
