namespace Gateway.Protocol.Tests.Addresses;

public class EmbeddedIpv4Tests
{
    [Theory]
    [InlineData("2001:db8::", 32, "2001:db8:c000:221::")]
    [InlineData("2001:db8:100::", 40, "2001:db8:1c0:2:21::")]
    [InlineData("2001:db8:122::", 48, "2001:db8:122:c000:2:2100::")]
    [InlineData("2001:db8:122:300::", 56, "2001:db8:122:3c0:0:221::")]
    [InlineData("2001:db8:122:344::", 64, "2001:db8:122:344:c0:2:2100:0")]
    [InlineData("2001:db8:122:344::", 96, "2001:db8:122:344::c000:221")]
    [InlineData("64:ff9b::", 96, "64:ff9b::c000:221")]
    public void Nat64_prefix_of_each_length_embeds_and_extracts(string prefix, int length, string embedded)
    {
        var (nat64, ipv4) = (new Nat64Prefix(IpLiteral.Parse(prefix), length), IpLiteral.Parse("192.0.2.33"));

        Assert.Equal(IpLiteral.Parse(embedded), nat64.Embed(ipv4));
        Assert.True(nat64.TryExtract(IpLiteral.Parse(embedded), out var extracted));
        Assert.Equal(ipv4, extracted);
        Assert.False(nat64.TryExtract(IpLiteral.Parse("2001:db9::1"), out _));
        Assert.False(nat64.TryExtract(ipv4, out _));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(40)]
    [InlineData(48)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(96)]
    public void Prefix_is_discovered_from_what_it_made_of_ipv4only_arpa(int length)
    {
        var prefix = new Nat64Prefix(IpLiteral.Parse("2001:db8:1122:3344::"), length);

        Assert.True(Nat64Prefix.TryDiscover(prefix.Embed(IpLiteral.Parse("192.0.0.171")), out var found));
        Assert.Equal(prefix, found);
    }

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("192.0.0.170")]
    [InlineData("2001:db8:0:0:ff00::c000:aa")]
    public void Address_that_no_nat64_made_shows_no_prefix(string address) =>
        Assert.False(Nat64Prefix.TryDiscover(IpLiteral.Parse(address), out _));

    [Theory]
    [InlineData("2001:db8::", 72)]
    [InlineData("192.0.2.0", 32)]
    [InlineData("2001:db8:0:0:ff00::", 96)]
    public void Prefix_that_rfc_6052_does_not_have_cannot_be_made(string prefix, int length) =>
        Assert.Throws<ArgumentException>(() => new Nat64Prefix(IpLiteral.Parse(prefix), length));

    [Theory]
    [InlineData("::ffff:169.254.169.254", "169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1", "169.254.169.254")]
    [InlineData("64:ff9b::7f00:1", "127.0.0.1")]
    [InlineData("2001:db8:64::a00:1", "10.0.0.1")]
    public void Rules_see_the_ipv4_address_inside(string address, string inside)
    {
        Assert.True(EmbeddedIpv4.TryFind(IpLiteral.Parse(address), [new(IpLiteral.Parse("2001:db8:64::"), 96)], out var ipv4));
        Assert.Equal(inside, ipv4.ToString());
    }

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Other_addresses_have_nothing_inside(string address) =>
        Assert.False(EmbeddedIpv4.TryFind(IpLiteral.Parse(address), [], out _));
}
