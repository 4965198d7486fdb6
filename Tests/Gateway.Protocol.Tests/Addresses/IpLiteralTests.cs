using System.Net;

namespace Gateway.Protocol.Tests.Addresses;

public class IpLiteralTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:DB8:0::1]", "2001:db8::1")]
    [InlineData("::", "::")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    public void Literals_are_read(string text, string printed) => Assert.Equal(printed, IpLiteral.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("example.com")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("192.0.2.1.")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.1.5")]
    [InlineData("192.0..1")]
    [InlineData(" 192.0.2.1")]
    [InlineData("[192.0.2.1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80::1%2")]
    [InlineData("[::1]:80")]
    [InlineData("[[::1]]")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("2001:db8::/32")]
    [InlineData(":::1")]
    public void What_only_resembles_a_literal_is_a_name(string text) => Assert.False(IpLiteral.TryParse(text, out _));

    [Fact]
    public void Mapped_address_is_the_ipv4_address_inside()
    {
        var mapped = IpLiteral.Parse("::ffff:192.0.2.1");

        Assert.True(mapped.IsMapped);
        Assert.Equal(IpLiteral.Parse("192.0.2.1"), mapped.Canonical);
        Assert.Equal(mapped, mapped.Canonical.Mapped);
        Assert.NotEqual(mapped, mapped.Canonical);
    }

    [Fact]
    public void Families_differ_even_where_their_bits_do_not()
    {
        Assert.NotEqual(IpLiteral.AnyIpv4, IpLiteral.AnyIpv6);
        Assert.Equal(IpLiteral.AnyIpv4.Bits, IpLiteral.AnyIpv6.Bits);
        Assert.True(IpLiteral.AnyIpv4.IsUnspecified && IpLiteral.AnyIpv6.IsUnspecified);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void Framework_addresses_go_and_come(string text)
    {
        var address = IPAddress.Parse(text);
        Assert.Equal(address, IpLiteral.From(address).ToIPAddress());
        Assert.Equal(IpLiteral.Parse(text), IpLiteral.From(address));
    }

    [Fact]
    public void Octets_are_4_or_16() => Assert.Throws<ArgumentException>(() => IpLiteral.FromOctets(new byte[5]));
}
