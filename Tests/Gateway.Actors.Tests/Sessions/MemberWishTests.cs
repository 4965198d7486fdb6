using System.Net;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

/// <summary>The family that an entry wishes for the destination, at the member that reaches it (docs/member-legs.md).</summary>
public class MemberWishTests
{
    private static readonly FellowMember Member = new();

    [Theory]
    [InlineData(FamilyWish.Ipv4, V4)]
    [InlineData(FamilyWish.Ipv6, V6)]
    [InlineData(FamilyWish.PreferIpv4, V4)]
    [InlineData(FamilyWish.PreferIpv6, V6)]
    public async Task Wish_for_a_family_is_kept(FamilyWish over, string reached)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Parse(reached));
        gateway.Names.Add("both.test", V4, V6);
        var member = Member with { Leg = Member.Leg with { Over = over } };

        Assert.Equal(ReplyCode.Succeeded, await member.AskAsync(gateway, Named("both.test", echo.Endpoint.Port)));

        Assert.Equal(IpLiteral.Parse(reached), (await gateway.NextRecordAsync()).Peer!.Value.Address);
    }

    [Fact]
    public async Task Wish_that_cannot_be_kept_is_network_unreachable()
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var member = Member with { Leg = Member.Leg with { Over = FamilyWish.Ipv6 } };
        Assert.Equal(ReplyCode.NetworkUnreachable, await member.AskAsync(gateway, SocksEndpoint.From(echo.Endpoint)));
    }

    [Theory]
    [InlineData(SocksCommand.AddressAssociate, AddressPreference.Ipv4)]
    [InlineData(SocksCommand.Resolve, AddressPreference.None)]
    public async Task Address_is_told_of_the_family_that_is_wished(SocksCommand command, AddressPreference preference)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        gateway.Names.Add("both.test", V4, V6);
        var member = Member with { Leg = Member.Leg with { Over = FamilyWish.Ipv6 } };
        using var socks = await gateway.ConnectAsync();
        var reply = await member.AskAsync(socks, command, Named("both.test", (int)preference), RequestFlags.DestinationFamily);
        Assert.Equal(IPAddress.IPv6Loopback, reply.Bound.Ip());
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, V4)]
    [InlineData(FamilyWish.Ipv6, V6)]
    [InlineData(FamilyWish.PreferIpv4, V4)]
    [InlineData(FamilyWish.PreferIpv6, V6)]
    public async Task Datagrams_to_a_name_leave_over_the_family_that_is_wished(FamilyWish over, string local)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        gateway.Names.Add("both.test", V4, V6);
        var member = Member with { Leg = Member.Leg with { Over = over } };
        using var socks = await gateway.ConnectAsync();
        var reply = await member.AskAsync(socks, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified, RequestFlags.InterfaceRequest);
        using var udp = UdpClient.Of(socks, V4, reply);

        Assert.Equal(IPAddress.Parse(local), (await udp.AskAsync(ControlRequest.InterfaceData, Named("both.test", 53))).Bound.Ip());
    }

    [Theory]
    [InlineData(V4, ReplyCode.HostUnreachable)]
    [InlineData(V6, ReplyCode.Succeeded)]
    public async Task Datagrams_to_an_address_keep_to_the_family_that_is_wished(string address, ReplyCode told)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        var member = Member with { Leg = Member.Leg with { Over = FamilyWish.Ipv6 } };
        using var socks = await gateway.ConnectAsync();
        var reply = await member.AskAsync(socks, SocksCommand.UdpAssociate, SocksEndpoint.Unspecified, RequestFlags.InterfaceRequest);
        using var udp = UdpClient.Of(socks, V4, reply);

        Assert.Equal(told, (await udp.AskAsync(ControlRequest.InterfaceData, Literal(address, 53))).Code);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, V4)]
    [InlineData(FamilyWish.Ipv6, V6)]
    public async Task Peer_of_a_name_is_expected_over_the_family_that_is_wished(FamilyWish over, string bound)
    {
        await using var gateway = await FellowMember.StartGatewayAsync();
        gateway.Names.Add("both.test", V4, V6);
        var member = Member with { Leg = Member.Leg with { Over = over } };
        using var socks = await gateway.ConnectAsync();
        var reply = await member.AskAsync(socks, SocksCommand.Bind, Named("both.test", 21), RequestFlags.DestinationFamily);
        Assert.Equal(IPAddress.Parse(bound), reply.Bound.Ip());
    }

    [Fact]
    public async Task Wish_is_for_the_destination_and_not_for_the_next_hop()
    {
        using var hop = new EchoServer(IPAddress.Loopback);
        await using var gateway = await FellowMember.StartGatewayAsync(FellowMember.Closed(hop.Endpoint));
        var member = Member with { Leg = Member.Leg with { Over = FamilyWish.Ipv6 } };
        Assert.Equal(ReplyCode.Succeeded, await member.AskAsync(gateway, SocksEndpoint.From(hop.Endpoint)));
    }
}
