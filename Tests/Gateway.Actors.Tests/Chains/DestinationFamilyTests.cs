using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Chains.ChainLab;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary><c>destination.over</c> with a last hop that has to be asked for an address first.</summary>
public class DestinationFamilyTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Theory]
    [InlineData("ipv4", V4)]
    [InlineData("ipv6", V6)]
    [InlineData("prefer-ipv4", V4)]
    [InlineData("prefer-ipv6", V6)]
    public async Task A_name_is_reached_over_the_family_that_is_wished_for(string over, string expected)
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4, "address-associate = on") + Chain("{ gateways = [a] }", $"destination.over = {over}"));
        using var there = new TcpDestination(IPAddress.Parse(expected));
        a.Names.Add("both.test", V4, V6);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("both.test", there.Endpoint.Port))).Code);

        using var seen = await there.AcceptAsync();
        Assert.Equal(0, entry.Names.Asked);
    }

    [Theory]
    [InlineData("prefer-ipv4", V6)]
    [InlineData("prefer-ipv6", V4)]
    public async Task A_preference_gives_way_where_the_name_has_only_the_other_family(string over, string only)
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4, "address-associate = on") + Chain("{ gateways = [a] }", $"destination.over = {over}"));
        using var echo = new EchoServer(IPAddress.Parse(only));
        a.Names.Add("one.test", only);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("one.test", echo.Endpoint.Port))).Code);
        await socks.EchoAsync(Hello);
    }

    [Theory]
    [InlineData("prefer-ipv4", V6)]
    [InlineData("prefer-ipv6", V4)]
    public async Task A_preference_gives_way_where_the_preferred_address_refuses(string over, string listening)
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4, "address-associate = on") + Chain("{ gateways = [a] }", $"destination.over = {over}"));
        using var echo = new EchoServer(IPAddress.Parse(listening));
        a.Names.Add("both.test", V4, V6);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("both.test", echo.Endpoint.Port))).Code);
        await socks.EchoAsync(Hello);
    }

    [Fact]
    public async Task A_contract_does_not_give_way()
    {
        await using var a = await TestGateway.StartAsync();
        await using var entry = await TestGateway.StartAsync(Server("a", a, V4, "address-associate = on") + Chain("{ gateways = [a] }", "destination.over = ipv6"));
        using var echo = new EchoServer(IPAddress.Loopback);
        a.Names.Add("four.test", V4);
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Connect, Named("four.test", echo.Endpoint.Port))).Code);
        socks.Dispose();
        Assert.Equal($"chain way, hop 1 a ({Door(a, V4)}), request: host unreachable", (await entry.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task A_literal_of_the_other_family_is_refused_before_any_hop_is_asked()
    {
        using var hop = ScriptedHop.Silent(IPAddress.Loopback);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint, "address-associate = on") + Chain("{ gateways = [hop] }", "destination.over = ipv6"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.NetworkUnreachable, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        Assert.Equal("chain way, hop 1, request: 192.0.2.80 is not of the family that destination.over = ipv6 allows", (await entry.NextRecordAsync()).Reason);
        Assert.Equal(0, hop.Clients);
    }

    [Fact]
    public async Task An_answer_without_an_address_is_no_answer()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [SocksReply.Success(Named("still.a.name", 0))]);
        await using var entry = await TestGateway.StartAsync(Server("hop", hop.Endpoint, "address-associate = on") + Chain("{ gateways = [hop] }", "destination.over = ipv6"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Connect, Named("www.test", 80))).Code);
        socks.Dispose();
        Assert.EndsWith("request: told no address for the name", (await entry.NextRecordAsync()).Reason);
    }
}
