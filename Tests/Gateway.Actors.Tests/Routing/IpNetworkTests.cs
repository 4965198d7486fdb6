using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Routing;

public class IpNetworkTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("::/0", "::ffff:203.0.113.9", false)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("2001:db8::1/128", "2001:db8::1", true)]
    public void A_network_contains_its_own_addresses_and_no_other_family(string network, string address, bool contains) =>
        Assert.Equal(contains, IpNetwork.Parse(network).Contains(IpLiteral.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", true)]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", false)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("::/0", "10.0.0.0/8", false)]
    public void A_network_contains_the_smaller_ones_within_it(string outer, string inner, bool contains) =>
        Assert.Equal(contains, IpNetwork.Parse(outer).Contains(IpNetwork.Parse(inner)));

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("10.0.0.0/")]
    [InlineData("/8")]
    [InlineData("lan")]
    public void What_is_no_network_is_not_read(string text) => Assert.False(IpNetwork.TryParse(text, out _, out _));
}
