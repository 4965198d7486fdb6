namespace Gateway.Protocol.Tests.Addresses;

public class SocksAddressTests
{
    [Theory]
    [InlineData("[2001:db8::1]", AddressType.Ipv6, "2001:db8::1")]
    [InlineData("2001:db8::1", AddressType.Ipv6, "2001:db8::1")]
    [InlineData("192.0.2.1", AddressType.Ipv4, "192.0.2.1")]
    [InlineData("127.1", AddressType.DomainName, "127.1")]
    [InlineData("example.com", AddressType.DomainName, "example.com")]
    public void Literal_inside_a_name_becomes_the_literal(string name, AddressType type, string printed)
    {
        var address = SocksAddress.FromName(name).LiteralIfNamed;

        Assert.Equal(type, address.Type);
        Assert.Equal(printed, address.ToString());
    }

    [Fact]
    public void What_is_not_a_name_stays_as_it_is()
    {
        var id = SocksAddress.From(new AddressId(0xA1B2C3));
        Assert.Equal(id, id.LiteralIfNamed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Names_without_octets_or_with_nuls_cannot_be_made(string name) =>
        Assert.Throws<ArgumentException>(() => SocksAddress.FromName(name));

    [Fact]
    public void Name_of_256_octets_cannot_be_made() =>
        Assert.ThrowsAny<ArgumentException>(() => SocksAddress.FromName(new string('n', 256)));

    [Fact]
    public void Addresses_of_different_types_differ_even_where_their_octets_do_not()
    {
        var name = SocksAddress.FromName([1, 2, 3, 4]);
        var ip = SocksAddress.From(IpLiteral.FromOctets([1, 2, 3, 4]));
        Assert.True(name.Octets.SequenceEqual(ip.Octets));
        Assert.NotEqual(name, ip);
    }

    [Fact]
    public void Equal_addresses_have_equal_hash_codes() =>
        Assert.Equal(SocksAddress.FromName("example.com").GetHashCode(), SocksAddress.FromName("example.com"u8).GetHashCode());

    [Theory]
    [InlineData("0.0.0.0", 0, true)]
    [InlineData("::", 0, true)]
    [InlineData("::", 1, false)]
    [InlineData("192.0.2.1", 0, false)]
    public void All_zero_means_address_and_port(string ip, ushort port, bool expected) =>
        Assert.Equal(expected, new SocksEndpoint(IpLiteral.Parse(ip), port).IsAllZero);

    [Theory]
    [InlineData("192.0.2.1", AddressType.Ipv4)]
    [InlineData("2001:db8::1", AddressType.Ipv6)]
    [InlineData("[2001:db8::1]", AddressType.Ipv6)]
    [InlineData("example.com", AddressType.DomainName)]
    public void Host_as_people_write_it_is_a_literal_or_a_name(string host, AddressType type)
    {
        var endpoint = SocksEndpoint.From(host, 65535);

        Assert.Equal((type, host.Trim('[', ']'), 65535), (endpoint.Address.Type, endpoint.Address.ToString(), endpoint.Port));
    }

    [Theory]
    [InlineData("", 80)]
    [InlineData("a\0b", 80)]
    [InlineData("example.com", -1)]
    [InlineData("example.com", 65536)]
    public void Host_or_port_that_no_request_can_carry_is_refused(string host, int port) =>
        Assert.ThrowsAny<ArgumentException>(() => SocksEndpoint.From(host, port));
}
