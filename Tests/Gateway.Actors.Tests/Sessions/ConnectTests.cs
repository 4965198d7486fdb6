using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

public class ConnectTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    public static TheoryData<string, string> AllFamilies => Families.All;

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Every_family_reaches_every_family(string client, string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);

        await socks.EchoAsync(Hello);
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Bound_address_is_one_that_the_client_understands_with_the_real_port(string client, string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        var reply = await socks.AskAsync(SocksCommand.Connect, there.Endpoint);

        using var seen = await there.AcceptAsync();
        Assert.Equal((IPAddress.Parse(client), seen.There.Port), (reply.Bound.Ip(), reply.Bound.Port));
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Flag_10_shows_the_true_bound_address(string client, string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        var reply = await socks.AskAsync(SocksCommand.Connect, there.Endpoint, RequestFlags.DestinationFamily);

        using var seen = await there.AcceptAsync();
        Assert.Equal(SocksEndpoint.From(seen.There), reply.Bound);
        Assert.Equal(RequestFlags.None, reply.Flags);
    }

    [Fact]
    public async Task Strict_RFC_1928_gives_no_bit_a_meaning()
    {
        await using var gateway = await TestGateway.StartAsync("protocol.strict-rfc1928 = on");
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync(IPAddress.Loopback);

        var reply = await socks.AskAsync(SocksCommand.Connect, echo.Endpoint, RequestFlags.DestinationFamily);

        Assert.Equal((IPAddress.Loopback, RequestFlags.None), (reply.Bound.Ip(), reply.Flags));
    }

    [Theory]
    [InlineData("127.0.0.1", V4)]
    [InlineData("::1", V6)]
    [InlineData("[::1]", V6)]
    [InlineData("v4.test", V4)]
    [InlineData("V6.test", V6)]
    [InlineData("both.test", V4)]
    [InlineData("both.test", V6)]
    public async Task Name_or_literal_in_the_form_of_a_name_leads_there(string name, string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("v4.test", V4);
        gateway.Names.Add("v6.test", V6);
        gateway.Names.Add("both.test", V4, V6);
        using var echo = new EchoServer(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named(name, echo.Endpoint.Port))).Code);

        await socks.EchoAsync(Hello);
    }

    [Fact]
    public async Task Record_tells_command_destination_peer_octets_and_reason()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("echo.test", V6);
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();
        var destination = Named("echo.test", echo.Endpoint.Port);
        await socks.AskAsync(SocksCommand.Connect, destination);
        await socks.EchoAsync(Hello);
        socks.Socket.Finish();
        await socks.ReadToEndAsync();

        var record = await gateway.NextRecordAsync();

        Assert.Equal((SocksCommand.Connect, destination.ToString(), ReplyCode.Succeeded), (record.Command, record.Destination, record.Reply));
        Assert.Equal((LiteralEndpoint.From(echo.Endpoint), 5L, 5L), (record.Peer, record.Sent, record.Received));
        Assert.Equal("relay: completed", record.Reason);
    }

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Closed_port_is_refused(string client, string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var nobody = new ClosedPort(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        Assert.Equal(SocksReply.Failure(ReplyCode.ConnectionRefused), await socks.AskAsync(SocksCommand.Connect, nobody.Endpoint));
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Unknown_name_is_an_unreachable_host()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Connect, Named("nowhere.test", 80))).Code);
        Assert.Equal("resolve: name not found", (await Left(gateway, socks)).Reason);
    }

    [Fact]
    public async Task Silent_name_server_is_an_unreachable_host()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Fail("slow.test");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Connect, Named("slow.test", 80))).Code);
        Assert.Equal("resolve: name server does not answer", (await Left(gateway, socks)).Reason);
    }

    [Fact]
    public async Task Family_without_an_egress_address_is_an_unreachable_network()
    {
        await using var gateway = await TestGateway.StartAsync("egress.ipv6 = []");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NetworkUnreachable, (await socks.AskAsync(SocksCommand.Connect, Literal(V6, 80))).Code);
    }

    [Fact]
    public async Task Destination_that_a_rule_rejects_is_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.0/8", via = reject }, { to = any, via = direct }]""");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.Contains("refused by routes[0]", (await Left(gateway, socks)).Reason);
    }

    [Fact]
    public async Task Name_whose_addresses_are_all_rejected_is_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.0/8", via = reject }, { to = any, via = direct }]""");
        gateway.Names.Add("inside.test", V4, "127.0.0.3");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.Connect, Named("inside.test", echo.Endpoint.Port))).Code);
    }

    [Fact]
    public async Task Name_with_one_allowed_address_leads_there()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.0/8", via = reject }, { to = any, via = direct }]""");
        gateway.Names.Add("half.test", V4, V6);
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("half.test", echo.Endpoint.Port))).Code);
        await socks.EchoAsync(Hello);
    }

    [Fact]
    public async Task Refusal_arrives_although_the_client_has_sent_more_than_was_read()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        using var nobody = new ClosedPort(IPAddress.Loopback);
        var request = new SocksRequest(SocksCommand.Connect, 0, SocksEndpoint.From(nobody.Endpoint));

        await socks.SendAsync((byte[])[5, 1, 0, .. request.ToBytes(), .. new byte[300_000]]);

        Assert.Equal(AuthMethod.NoAuthentication, (await socks.ReadAsync<MethodChoice>()).Method);
        Assert.Equal(ReplyCode.ConnectionRefused, (await socks.ReadAsync<SocksReply>()).Code);
        Assert.Empty(await socks.ReadToEndAsync());
    }

    private static Task<Gateway.Actors.Sessions.SessionRecord> Left(TestGateway gateway, SocksTestClient client)
    {
        client.Dispose();
        return gateway.NextRecordAsync();
    }
}
