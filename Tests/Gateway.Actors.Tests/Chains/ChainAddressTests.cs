using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary>ADDRESS ASSOCIATE and Tor's commands where the route leads through a chain.</summary>
public class ChainAddressTests
{
    private static SocksEndpoint Wanting(string name, AddressPreference preference) => Named(name, (int)preference);

    [Theory]
    [InlineData(AddressPreference.Ipv4, "192.0.2.80")]
    [InlineData(AddressPreference.Ipv6, "2001:db8::80")]
    public async Task The_last_hop_is_asked_for_the_address_of_a_name(AddressPreference preference, string expected)
    {
        await using var b = await TestGateway.StartAsync();
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Server("b", b, V6) + Chain("{ gateways = [a] }, { gateways = [b] }"));
        b.Names.Add("both.test", "192.0.2.80", "2001:db8::80");
        using var socks = await entry.ConnectAsync();

        var reply = await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("both.test", preference));

        Assert.Equal((ReplyCode.Succeeded, Literal(expected, 0)), (reply.Code, reply.Bound));
        Assert.Equal((0, 0), (entry.Names.Asked, a.Names.Asked));
    }

    [Fact]
    public async Task The_last_hop_is_asked_for_the_name_of_an_address()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        a.Names.AddReverse("192.0.2.80", "www.test");
        using var socks = await entry.ConnectAsync();

        var reply = await socks.AskAsync(SocksCommand.AddressAssociate, Literal("192.0.2.80", (int)AddressPreference.DomainName));

        Assert.Equal(Named("www.test", 0), reply.Bound);
    }

    [Fact]
    public async Task An_ID_is_given_without_asking_anybody()
    {
        using var hop = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        (await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("www.test", AddressPreference.None))).Id();

        Assert.Equal(0, hop.Clients);
    }

    [Fact]
    public async Task An_address_whose_address_is_wanted_is_the_answer_itself()
    {
        using var hop = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(Literal("192.0.2.80", 0), (await socks.AskAsync(SocksCommand.AddressAssociate, Literal("192.0.2.80", (int)AddressPreference.Ipv4))).Bound);

        Assert.Equal(0, hop.Clients);
    }

    [Fact]
    public async Task Further_requests_follow_on_the_same_connection()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        using var echo = new EchoServer(IPAddress.Loopback);
        a.Names.Add("echo.test", V4);
        using var socks = await entry.ConnectAsync();
        var told = await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("echo.test", AddressPreference.Ipv4));
        await socks.RequestAsync(SocksCommand.AddressAssociate, Wanting("echo.test", AddressPreference.Ipv4));

        var reply = await socks.RequestAsync(SocksCommand.Connect, told.Bound with { Port = (ushort)echo.Endpoint.Port });

        Assert.Equal(ReplyCode.Succeeded, reply.Code);
        await socks.EchoAsync("hello"u8.ToArray());
    }

    [Fact]
    public async Task Tors_RESOLVE_is_handed_on()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4) + Chain("{ gateways = [a] }"));
        a.Names.Add("six.test", "2001:db8::80");
        using var socks = await entry.ConnectAsync();

        Assert.Equal(Literal("2001:db8::80", 0), (await socks.AskAsync(SocksCommand.Resolve, Named("six.test", 0))).Bound);
    }

    [Fact]
    public async Task A_last_hop_that_does_not_know_the_command_is_reported()
    {
        using var hop = ScriptedHop.Refusing(IPAddress.Loopback, ReplyCode.CommandNotSupported);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.CommandNotSupported, (await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("www.test", AddressPreference.Ipv4))).Code);
    }

    [Fact]
    public async Task An_address_that_the_rules_reject_is_not_told()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Literal("192.0.2.66", 0))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + """
            chains.way.hops = [{ gateways = [hop] }]
            routes = [{ to = "192.0.2.66", via = reject }, { to = any, via = way }]
            """);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("www.test", AddressPreference.Ipv4))).Code);
    }

    [Fact]
    public async Task An_ID_of_another_gateway_is_no_answer()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(new SocksEndpoint(SocksAddress.From(new AddressId(7)), 0))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint) + Chain("{ gateways = [hop] }"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.AddressAssociate, Wanting("www.test", AddressPreference.Ipv4))).Code);
    }
}
