using System.Net;

namespace Gateway.Protocol.Tests.Addresses;

/// <summary>The readings B5 and B6: which address a client is shown.</summary>
public class ReplyAddressTests
{
    [Theory]
    [InlineData("203.0.113.5:40000", "192.0.2.1", RequestFlags.None, "203.0.113.5:40000")]
    [InlineData("[2001:db8::5]:40000", "2001:db8::1", RequestFlags.None, "[2001:db8::5]:40000")]
    [InlineData("[2001:db8::5]:40000", "192.0.2.1", RequestFlags.None, "192.0.2.1:40000")]
    [InlineData("203.0.113.5:40000", "2001:db8::1", RequestFlags.None, "[2001:db8::1]:40000")]
    [InlineData("[2001:db8::5]:40000", "192.0.2.1", RequestFlags.DestinationFamily, "[2001:db8::5]:40000")]
    [InlineData("203.0.113.5:40000", "2001:db8::1", RequestFlags.DestinationFamily, "203.0.113.5:40000")]
    [InlineData("[2001:db8::5]:40000", "::ffff:192.0.2.1", RequestFlags.None, "192.0.2.1:40000")]
    [InlineData("[::ffff:203.0.113.5]:40000", "192.0.2.1", RequestFlags.None, "203.0.113.5:40000")]
    [InlineData("0.0.0.0:40000", "192.0.2.1", RequestFlags.None, "192.0.2.1:40000")]
    [InlineData("[::]:40000", "192.0.2.1", RequestFlags.DestinationFamily, "192.0.2.1:40000")]
    public void Bound_address_is_one_the_client_can_deal_with(string bound, string gateway, RequestFlags flags, string shown) =>
        Assert.Equal(shown, ReplyAddress.Bound(Endpoint(bound), IpLiteral.Parse(gateway), flags).ToString());

    [Theory]
    [InlineData("203.0.113.5:40000", "192.0.2.1", RequestFlags.None, "203.0.113.5:40000")]
    [InlineData("[::ffff:203.0.113.5]:40000", "192.0.2.1", RequestFlags.None, "203.0.113.5:40000")]
    [InlineData("[2001:db8::5]:40000", "2001:db8::1", RequestFlags.None, "[2001:db8::5]:40000")]
    [InlineData("203.0.113.5:40000", "2001:db8::1", RequestFlags.None, "[::ffff:203.0.113.5]:40000")]
    [InlineData("[2001:db8::5]:40000", "192.0.2.1", RequestFlags.None, "0.0.0.0:40000")]
    [InlineData("203.0.113.5:40000", "2001:db8::1", RequestFlags.DestinationFamily, "203.0.113.5:40000")]
    [InlineData("[2001:db8::5]:40000", "192.0.2.1", RequestFlags.DestinationFamily, "[2001:db8::5]:40000")]
    public void Peer_of_a_bind_is_shown_in_the_clients_family(string peer, string gateway, RequestFlags flags, string shown) =>
        Assert.Equal(shown, ReplyAddress.Peer(Endpoint(peer), IpLiteral.Parse(gateway), flags).ToString());

    [Fact]
    public void Udp_client_sends_to_the_address_it_reached_the_gateway_by() =>
        Assert.Equal("192.0.2.1:5000", ReplyAddress.Relay(IpLiteral.Parse("::ffff:192.0.2.1"), 5000).ToString());

    private static LiteralEndpoint Endpoint(string text) => LiteralEndpoint.From(IPEndPoint.Parse(text));
}
