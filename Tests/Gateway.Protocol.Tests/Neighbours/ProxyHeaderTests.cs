using Gateway.Protocol.Tests.Vectors;
using Testing;

namespace Gateway.Protocol.Tests.Neighbours;

public class ProxyHeaderTests
{
    private static readonly byte[] Signature = VectorTable.Octets("P2")[..12];

    [Fact]
    public void Ipv6_addresses_are_read()
    {
        var header = new ProxyHeader(true, new(IpLiteral.Parse("2001:db8::1"), 1), new(IpLiteral.Parse("2001:db8::2"), 2), new CountedOctets("id"));
        Assert.Equal(header, Splitter.ReadAtEveryPlace<ProxyHeader>(header.ToBytes()));
    }

    [Fact]
    public void Octets_that_mean_nothing_to_the_gateway_are_skipped()
    {
        byte[] local = [.. Signature, 0x20, 0x11, 0, 3, 1, 2, 3];
        byte[] unix = [.. Signature, 0x21, 0x31, 0, 216, .. new byte[216]];
        byte[] custom = [.. Signature, 0x21, 0x00, 0, 4, 0xE0, 0, 1, 7];

        Assert.All(new[] { local, unix, custom }, octets =>
        {
            Assert.True(ProxyHeader.TryRead([.. octets, 5], out var header, out var consumed));
            Assert.False(header.IsProxied);
            Assert.Equal(octets.Length, consumed);
        });
    }

    [Theory]
    [InlineData("0D0A0D0B")]
    [InlineData("0D0A0D0A000D0A515549540A11")]
    [InlineData("0D0A0D0A000D0A515549540A22")]
    [InlineData("0D0A0D0A000D0A515549540A2113")]
    [InlineData("0D0A0D0A000D0A515549540A2111000B")]
    [InlineData("0D0A0D0A000D0A515549540A2100000405FFFF00")]
    [InlineData("0D0A0D0A000D0A515549540A210000020500")]
    public void Malformed_header_is_owed_nothing(string hex) =>
        Refusals.Check<ProxyHeader>(Convert.FromHexString(hex), ReadStatus.MalformedProxyHeader, "");

    [Fact]
    public void Unique_id_has_128_octets_at_most()
    {
        var endpoint = new LiteralEndpoint(IpLiteral.Parse("192.0.2.1"), 1);
        Assert.True(ProxyHeader.TryRead(new ProxyHeader(true, endpoint, endpoint, new(new byte[128])).ToBytes(), out _, out _));
        Refusals.Check<ProxyHeader>(new ProxyHeader(true, endpoint, endpoint, new(new byte[129])).ToBytes(), ReadStatus.MalformedProxyHeader, "");
    }
}
