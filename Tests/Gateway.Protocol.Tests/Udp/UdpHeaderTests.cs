namespace Gateway.Protocol.Tests.Udp;

public class UdpHeaderTests
{
    [Theory]
    [InlineData("192.0.2.1", UdpHeader.Ipv4Length)]
    [InlineData("2001:db8::1", UdpHeader.Ipv6Length)]
    public void Header_is_written_in_front_of_data_that_stay_where_they_are(string source, int length)
    {
        var endpoint = new LiteralEndpoint(IpLiteral.Parse(source), 53);
        var buffer = new byte[64];
        "data"u8.CopyTo(buffer.AsSpan(60));

        var start = UdpHeader.WriteBefore(buffer, 60, endpoint);

        Assert.Equal(60 - length, start);
        Assert.All(buffer[..start], octet => Assert.Equal(0, octet));
        Assert.True(UdpHeader.TryRead(buffer.AsSpan(start), out var header, out var consumed));
        Assert.Equal(length, consumed);
        Assert.Equal(new UdpHeader(0, SocksEndpoint.From(endpoint)), header);
        Assert.Equal("data"u8.ToArray(), buffer[(start + consumed)..]);
    }

    [Fact]
    public void Reply_from_who_was_addressed_by_id_names_the_id()
    {
        var header = new UdpHeader(0, new(SocksAddress.From(new AddressId(0xA1B2C3)), 53));
        var buffer = new byte[32];

        Assert.Equal(32 - UdpHeader.IdLength, header.WriteBefore(buffer, 32));
        Assert.Equal("0000000800A1B2C30035", Convert.ToHexString(buffer.AsSpan(22)));
    }

    [Fact]
    public void Longest_header_has_a_name_of_255_octets() =>
        Assert.Equal(UdpHeader.MaxLength, new UdpHeader(0, new(SocksAddress.FromName(new string('n', 255)), 1)).Length);

    [Theory]
    [InlineData(0x01, 1, false)]
    [InlineData(0x7F, 127, false)]
    [InlineData(0x82, 2, true)]
    public void Fragment_has_a_position_and_an_end(byte fragment, int position, bool last)
    {
        var header = new UdpHeader(fragment, SocksEndpoint.Unspecified);
        Assert.Equal((false, position, last), (header.StandsAlone, header.Position, header.IsLast));
    }
}
