using System.Net;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

/// <summary>Fellow members of a cluster as clients (docs/member-legs.md).</summary>
public class MemberLegTests
{
    private static readonly FellowMember Member = new();

    private static readonly string Users = $$"""
        users { alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" } }

        """;

    [Theory]
    [MemberData(nameof(All), MemberType = typeof(Families))]
    public async Task Leg_is_served_in_one_flight(string from, string to)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Parse(to));
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(from));

        await socks.SendAsync((byte[])[.. Member.Flight(Connect(echo.Endpoint)), 42]);

        Assert.Equal("0502", Convert.ToHexString(await socks.ReadAsync(2)));
        Assert.Equal("0100", Convert.ToHexString(await socks.ReadAsync(2)));
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
        Assert.Equal([42], await socks.ReadAsync(1));
    }

    [Fact]
    public async Task Record_tells_the_member_and_the_client_and_the_trace_that_the_entry_made()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using (var socks = await gateway.ConnectAsync())
            await Member.AskAsync(socks, SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint));

        var record = await gateway.NextRecordAsync();
        Assert.Equal((Member.Leg.Trace, "g1", (IpLiteral?)IpLiteral.Parse("192.0.2.7"), "alice"), (record.TraceId, record.Member, record.Origin, record.User));
        Assert.Equal(IpLiteral.Parse(V4), record.Client.Address);
    }

    [Fact]
    public async Task Each_session_of_a_client_has_a_trace_of_its_own()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        for (var session = 0; session < 2; session++)
            (await gateway.ConnectAsync()).Dispose();

        var (first, second) = (await gateway.NextRecordAsync(), await gateway.NextRecordAsync());
        Assert.NotEqual(first.TraceId, second.TraceId);
        Assert.NotEqual(default, first.TraceId);
        Assert.Equal((null, null), (first.Member, first.Origin));
    }

    [Fact]
    public async Task Flight_may_be_cut_at_every_octet()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var length = Member.Flight(Connect(echo.Endpoint)).Length;
        for (var at = 1; at < length; at++)
        {
            using var socks = await gateway.ConnectAsync();
            var flight = Member.Flight(Connect(echo.Endpoint));
            await socks.SendAsync(flight.AsMemory(0, at));
            await gateway.HasSessionsAsync(1);
            await socks.SendAsync(flight.AsMemory(at));
            Assert.Equal("05020100", Convert.ToHexString(await socks.ReadAsync(4)));
            Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
            socks.Dispose();
            await gateway.HasSessionsAsync(0);
        }
    }

    [Fact]
    public async Task Flight_may_come_octet_by_octet()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        foreach (var octet in Splitter.Pieces(Member.Flight(Connect(echo.Endpoint)), 1))
            await socks.SendAsync(octet);
        Assert.Equal("05020100", Convert.ToHexString(await socks.ReadAsync(4)));
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
    }

    // --- who is not believed -----------------------------------------------------------------------------------------

    public static TheoryData<string, string> Impostors => new()
    {
        { "secret", "its seal does not fit" },
        { "node", "is meant for another node than g2" },
        { "request", "or was altered" },
        { "stale", "stale by 121 s" },
        { "future", "from the future by 121 s" },
        { "rubbish", "malformed member login" },
        { "version", "of another version" },
        { "no request", "the request of a member leg: address type not supported" },
    };

    [Theory]
    [MemberData(nameof(Impostors))]
    public async Task Leg_that_cannot_be_believed_is_refused_with_its_cause_in_the_log(string what, string cause)
    {
        var (time, other) = (new FakeTime(), new FakeTime());
        other.Advance(TimeSpan.FromSeconds(what == "stale" ? -121 : what == "future" ? 121 : 0));
        await using var gateway = await FellowMember.StartGatewayAsync(time: time);
        using var echo = new EchoServer(IPAddress.Loopback);
        var member = Member with { Time = other, Secret = what == "secret" ? "another" : Member.Secret, MeantFor = what == "node" ? "g3" : Member.MeantFor };
        var flight = member.Flight(Connect(echo.Endpoint));
        switch (what)
        {
            case "request":
                flight[^1] ^= 1;
                break;
            case "rubbish":
                flight[3 + 2 + 30] = 0xFF;
                break;
            case "version":
                flight[3 + 2 + 4] = 2;
                break;
            case "no request":
                flight[^7] = 2;
                break;
        }
        using var socks = await gateway.ConnectAsync();

        await socks.SendAsync(flight);

        Assert.Equal("05020101", Convert.ToHexString(await socks.ReadToEndAsync()));
        socks.Dispose();
        var record = await gateway.NextRecordAsync();
        Assert.StartsWith("authentication: ", record.Reason);
        Assert.Contains(cause, record.Reason);
        Assert.DoesNotContain(FellowMember.ClusterSecret, record.ToString());
        Assert.Equal((null, null, null, null, null), (record.Member, record.User, record.Origin, record.Command, record.Destination));
    }

    [Fact]
    public async Task Leg_is_taken_once()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var flight = Member.Flight(Connect(echo.Endpoint));
        using var first = await gateway.ConnectAsync();
        await first.SendAsync(flight);
        Assert.Equal("05020100", Convert.ToHexString(await first.ReadAsync(4)));
        using var second = await gateway.ConnectAsync();
        await second.SendAsync(flight);
        Assert.Equal("05020101", Convert.ToHexString(await second.ReadToEndAsync()));

        second.Dispose();
        Assert.Contains("a member leg that says it is g1's: it has been here before", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Gateway_outside_a_cluster_knows_no_members()
    {
        await using var gateway = await TestGateway.StartAsync(Users + FellowMember.Settings + """
            listeners = [{ address = "127.0.0.1:0", auth = [password] }, { address = "[::1]:0", auth = [none] }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var asked = await gateway.ConnectAsync();
        await asked.SendAsync(Member.Flight(Connect(echo.Endpoint)));
        Assert.Equal("05020101", Convert.ToHexString(await asked.ReadToEndAsync()));
        using var open = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(AuthMethod.NoneAcceptable, await open.GreetAsync(AuthMethod.Password));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0131")]
    public async Task Member_that_falls_silent_is_left_when_the_time_is_over(string sent)
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + "timeouts.handshake = 300ms");
        using var socks = await gateway.ConnectAsync();
        await socks.SendAsync(Convert.FromHexString("050102" + sent));
        Assert.EndsWith(": timed out", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Login_without_its_request_is_answered_by_nothing()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.SendAsync(Member.Flight(Connect(echo.Endpoint))[..^1]);
        socks.Socket.Finish();
        Assert.Equal("0502", Convert.ToHexString(await socks.ReadToEndAsync()));
        Assert.Equal("authentication: the client left", (await gateway.NextRecordAsync()).Reason);
    }

    // --- clients beside members --------------------------------------------------------------------------------------

    [Fact]
    public async Task Client_that_insists_on_a_password_where_none_is_taken_is_refused_when_it_says_who_it_is()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.False(await socks.LogInAsync("alice", "s3cret"));
        Assert.Empty(await socks.ReadToEndAsync());
        socks.Dispose();
        Assert.Equal("authentication: users do not log in at this listener", (await gateway.NextRecordAsync()).Reason);
    }

    [Theory]
    [InlineData(AuthMethod.NoAuthentication)]
    [InlineData(AuthMethod.Password, AuthMethod.NoAuthentication)]
    [InlineData(AuthMethod.Gssapi, AuthMethod.Password, AuthMethod.NoAuthentication)]
    public async Task Client_of_an_open_listener_is_asked_for_nothing(params AuthMethod[] offered)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(AuthMethod.NoAuthentication, await socks.GreetAsync(offered));
        Assert.Equal(ReplyCode.Succeeded, (await socks.RequestAsync(SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
    }

    [Fact]
    public async Task Client_that_offers_what_nobody_speaks_finds_no_method()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(AuthMethod.NoneAcceptable, await socks.GreetAsync(AuthMethod.Gssapi, AuthMethod.Password));
    }

    [Fact]
    public async Task Users_and_members_come_through_the_same_door()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(Users + FellowMember.Settings + """
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var user = await gateway.ConnectAsync();
        Assert.True(await user.LogInAsync("alice", "s3cret"));
        Assert.Equal(ReplyCode.Succeeded, (await user.RequestAsync(SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
        using var guesser = await gateway.ConnectAsync();
        Assert.False(await guesser.LogInAsync("alice", "wrong"));
        using var member = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await Member.AskAsync(member, SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
    }

    [Fact]
    public async Task Member_does_not_wait_because_somebody_at_its_address_guesses()
    {
        var time = new FakeTime();
        await using var gateway = await FellowMember.StartGatewayAsync(Users + FellowMember.Settings + """
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            """, time);
        using var echo = new EchoServer(IPAddress.Loopback);
        for (var guess = 0; guess < new GuessThrottle().Free; guess++)
        {
            using var guesser = await gateway.ConnectAsync();
            Assert.False(await guesser.LogInAsync("alice", $"guess {guess}"));
        }
        Assert.Equal(ReplyCode.Succeeded, await (Member with { Time = time }).AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    // --- what the member's client may ----------------------------------------------------------------------------------

    [Theory]
    [InlineData("192.0.2.7", "alice", ReplyCode.Succeeded)]
    [InlineData("::ffff:192.0.2.7", "alice", ReplyCode.Succeeded)]
    [InlineData("192.0.2.7", "bob", ReplyCode.NotAllowed)]
    [InlineData("192.0.2.7", null, ReplyCode.NotAllowed)]
    [InlineData("198.51.100.7", "alice", ReplyCode.NotAllowed)]
    public async Task Routes_see_the_client_that_the_entry_vouches_for(string client, string? user, ReplyCode expected)
    {
        await using var gateway = await FellowMember.StartGatewayAsync(Users + FellowMember.Settings + """
            routes = [{ from = "192.0.2.0/24", user = alice, to = "127.0.0.0/8", via = direct }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        var member = Member with { Leg = Member.Leg with { Client = IpLiteral.Parse(client), User = user } };
        Assert.Equal(expected, await member.AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    [Fact]
    public async Task Routes_of_a_listener_are_not_for_members()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + """
            listeners = [{ address = "127.0.0.1:0", auth = [none] }]
            routes = [{ listener = "127.0.0.1:0", to = "127.0.0.0/8", via = direct }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.Equal(ReplyCode.NotAllowed, await Member.AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    [Fact]
    public async Task Loopback_of_another_node_opens_nothing_here()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + "routes = [{ to = any, via = direct }]");
        using var echo = new EchoServer(IPAddress.Loopback);
        var member = Member with { Leg = Member.Leg with { Client = IpLiteral.Parse(V4) } };
        Assert.Equal(ReplyCode.NotAllowed, await member.AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    [Fact]
    public async Task Limits_count_the_client_that_the_entry_vouches_for()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + "limits.sessions-per-client = 2");
        using var echo = new EchoServer(IPAddress.Loopback);
        List<SocksTestClient> open = [];
        foreach (var client in new[] { "192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2", "192.0.2.3" })
        {
            open.Add(await gateway.ConnectAsync());
            Assert.Equal(ReplyCode.Succeeded, (await For(client).AskAsync(open[^1], SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
        }
        Assert.Equal(ReplyCode.GeneralFailure, await For("192.0.2.1").AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
        Assert.Contains("too many sessions", (await gateway.NextRecordAsync()).Reason);
        open[0].Dispose();
        await gateway.HasSessionsAsync(4);
        Assert.Equal(ReplyCode.Succeeded, await For("192.0.2.1").AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
        open.ForEach(socks => socks.Dispose());

        static FellowMember For(string client) => Member with { Leg = Member.Leg with { Client = IpLiteral.Parse(client) } };
    }

    [Fact]
    public async Task Seal_is_good_for_one_request()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await Member.AskAsync(socks, SocksCommand.AddressAssociate, Literal(V4, (int)AddressPreference.Ipv4))).Code);
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Theory]
    [InlineData(SocksCommand.AddressAssociate)]
    [InlineData(SocksCommand.ConnectWithId)]
    [InlineData(SocksCommand.BindWithId)]
    [InlineData(SocksCommand.UdpAssociateWithId)]
    public async Task Member_is_given_no_address_id(SocksCommand command)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        var port = command == SocksCommand.AddressAssociate ? 0 : echo.Endpoint.Port;
        Assert.Equal(ReplyCode.CommandNotSupported, (await Member.AskAsync(socks, command, Literal(V4, port))).Code);
        await gateway.HasAddressIdsAsync(false);
    }

    [Fact]
    public async Task Member_that_asks_for_an_address_is_told_one_even_where_clients_get_ids()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + "address-id.always-id = on");
        using var socks = await gateway.ConnectAsync();
        var reply = await Member.AskAsync(socks, SocksCommand.AddressAssociate, Literal(V4, (int)AddressPreference.Ipv4));
        Assert.Equal(Literal(V4, 0), reply.Bound);
    }

    // --- legs inside a chain -----------------------------------------------------------------------------------------

    [Fact]
    public async Task Next_hop_of_a_chain_is_open_to_members_alone_and_nothing_else_is()
    {
        using var hop = new EchoServer(IPAddress.Loopback);
        using var other = new EchoServer(IPAddress.Loopback);
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Closed(hop.Endpoint));

        Assert.Equal(ReplyCode.Succeeded, await Member.AskAsync(gateway, SocksEndpoint.From(hop.Endpoint)));
        var record = await gateway.NextRecordAsync();
        Assert.Equal((null, "127.0.0.1"), (record.Route, record.Peer!.Value.Address.ToString()));

        Assert.Equal(ReplyCode.NotAllowed, await Member.AskAsync(gateway, SocksEndpoint.From(other.Endpoint)));
        Assert.Equal(ReplyCode.NotAllowed, await Member.AskAsync(gateway, Named("localhost", hop.Endpoint.Port)));
        using var client = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await client.AskAsync(SocksCommand.Connect, hop.Endpoint)).Code);
    }

    [Fact]
    public async Task Doors_of_members_are_open_to_members()
    {
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Settings + "routes = [{ to = any, via = reject }]");
        var door = SocksEndpoint.From(gateway.Host.Listening[1]);
        Assert.Equal(ReplyCode.Succeeded, await Member.AskAsync(gateway, door));
        using var client = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await client.AskAsync(SocksCommand.Connect, door)).Code);
    }

    [Fact]
    public async Task Chain_whose_hops_are_used_up_goes_no_further()
    {
        using var hop = new EchoServer(IPAddress.Loopback);
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Closed(hop.Endpoint));
        var member = Member with { Leg = Member.Leg with { HopsLeft = 0 } };

        Assert.Equal(ReplyCode.TtlExpired, await member.AskAsync(gateway, SocksEndpoint.From(hop.Endpoint)));

        Assert.Equal("request: the chain is longer than max-hops allows: 0 left, 1 needed", (await gateway.NextRecordAsync()).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Members_pass_by_routes_through_chains(byte hopsLeft)
    {
        using var echo = new EchoServer(IPAddress.Loopback);
        await using var gateway = await TestGateway.StartAsync(FellowMember.Settings, adjust: settings => FellowMember.Join(WithChain(settings, transit: false)));
        var member = Member with { Leg = Member.Leg with { HopsLeft = hopsLeft } };
        Assert.Equal(ReplyCode.Succeeded, await member.AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    [Fact]
    public async Task Transit_needs_as_many_hops_as_its_chain_has()
    {
        await using var gateway = await TestGateway.StartAsync(FellowMember.Settings, adjust: settings => FellowMember.Join(WithChain(settings, transit: true)));
        var member = Member with { Leg = Member.Leg with { HopsLeft = 1 } };
        Assert.Equal(ReplyCode.TtlExpired, await member.AskAsync(gateway, Literal("192.0.2.99", 80)));
        Assert.Equal("request: the chain is longer than max-hops allows: 1 left, 2 needed", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Datagrams_go_to_the_hop_that_the_same_session_has_a_connection_to()
    {
        using var hop = new EchoServer(IPAddress.Loopback);
        using var relay = new UdpPeer(IPAddress.Loopback);
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Closed(hop.Endpoint));
        var stranger = Member with { Leg = Member.Leg with { Trace = TraceId.Random() } };
        using (var early = await gateway.ConnectAsync())
            Assert.Equal(ReplyCode.NotAllowed, (await Member.AskAsync(early, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);

        using var inner = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await Member.AskAsync(inner, SocksCommand.Connect, SocksEndpoint.From(hop.Endpoint))).Code);
        using var control = await gateway.ConnectAsync();
        var reply = await Member.AskAsync(control, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified, RequestFlags.InterfaceRequest);
        using var udp = UdpClient.Of(control, V4, reply);
        await udp.SendAsync(relay.Endpoint, "nested");
        Assert.Equal("nested"u8.ToArray(), (await relay.ReceiveAsync()).Octets);
        Assert.Equal(ReplyCode.NotAllowed, (await udp.AskAsync(ControlRequest.InterfaceData, Literal("127.0.0.2", relay.Endpoint.Port))).Code);

        using (var other = await gateway.ConnectAsync())
            Assert.Equal(ReplyCode.NotAllowed, (await stranger.AskAsync(other, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);

        inner.Dispose();
        await Eventually.Holds(
            async () => (await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(relay.Endpoint))).Code == ReplyCode.NotAllowed,
            () => "the leave to send outlives the connection");
        using var again = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await Member.AskAsync(again, SocksCommand.Connect, SocksEndpoint.From(hop.Endpoint))).Code);
        await udp.SendAsync(relay.Endpoint, "again");
        Assert.Equal("again"u8.ToArray(), (await relay.ReceiveAsync()).Octets);
    }

    /// <summary>The settings with everything going through a chain of two hops first.</summary>
    private static GatewaySettings WithChain(GatewaySettings settings, bool transit)
    {
        var chained = Files.Load($$"""
            socks64 {
              gateways { a { address = "192.0.2.1:1080" }, b { address = "192.0.2.2:1080" } }
              chains { far { hops = [{ gateways = [a] }, { gateways = [b] }] } }
              routes = [{ to = any, via = far, transit = {{(transit ? "on" : "off")}} }]
            }
            """).Settings;
        return settings with { Gateways = chained.Gateways, Chains = chained.Chains, Routes = [.. chained.Routes, .. settings.Routes] };
    }

    private static SocksRequest Connect(IPEndPoint destination) => new(SocksCommand.Connect, RequestFlags.None, SocksEndpoint.From(destination));
}
