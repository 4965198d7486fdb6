using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>Datagrams through one hop, and through several.</summary>
public class DatagramTunnelTests
{
    private static readonly LiteralEndpoint[] Relays =
        [Literal("192.0.2.1", 5001), Literal("2001:db8::2", 5002), Literal("192.0.2.3", 5003), Literal("192.0.2.4", 5004)];

    private static readonly SocksEndpoint Destination = new(SocksAddress.FromName("example.com"), 53);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Each_hop_takes_its_header_off_and_finds_where_the_rest_goes(int hops)
    {
        var tunnel = new DatagramTunnel(Relays[..hops]);
        Assert.Equal(Relays[0], tunnel.Entrance);
        var datagram = Wrapped(tunnel, Destination, "query"u8).AsSpan();

        for (var hop = 1; hop <= hops; hop++)
        {
            Assert.True(UdpHeader.TryRead(datagram, out var header, out var dataStart));
            Assert.Equal(new UdpHeader(0, hop < hops ? SocksEndpoint.From(Relays[hop]) : Destination), header);
            datagram = datagram[dataStart..];
        }
        Assert.Equal("query"u8, datagram);
    }

    [Fact]
    public void The_octets_are_nested_headers()
    {
        var tunnel = new DatagramTunnel(Relays[..3]);
        var ipv6 = "00000004" + "20010DB8000000000000000000000002" + "138A";
        var ipv4 = "00000001" + "C0000203" + "138B";
        Assert.Equal(
            ipv6 + ipv4 + "00000001C000020A0035" + "6869",
            Convert.ToHexString(Wrapped(tunnel, SocksEndpoint.From(Literal("192.0.2.10", 53)), "hi"u8)));
        Assert.Equal(UdpHeader.Ipv6Length + UdpHeader.Ipv4Length, tunnel.FrontLength);
    }

    [Fact]
    public void One_hop_is_a_datagram_as_without_a_chain()
    {
        var tunnel = new DatagramTunnel(Relays[0]);
        Assert.Equal(0, tunnel.FrontLength);
        Assert.True(tunnel.TryUnwrap([1, 2, 3], out var start));
        Assert.Equal(0, start);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void An_answer_is_found_in_what_the_hops_put_on(int hops)
    {
        var tunnel = new DatagramTunnel(Relays[..hops]);
        byte[] inner = [.. new UdpHeader(0, SocksEndpoint.From(Literal("2001:db8::10", 53))).ToBytes(), .. "answer"u8];
        byte[] datagram = [.. Headers(Relays[1..hops]), .. inner];

        Assert.True(tunnel.TryUnwrap(datagram, out var start));
        Assert.Equal(inner, datagram[start..]);
    }

    [Fact]
    public void An_address_that_a_hop_writes_mapped_is_the_same_address()
    {
        var tunnel = new DatagramTunnel(Relays[0], Relays[2], Relays[3]);
        var mapped = Relays[2] with { Address = Relays[2].Address.Mapped };
        byte[] datagram = [.. Headers([mapped, Relays[3]]), 1, 2, 3];

        Assert.True(tunnel.TryUnwrap(datagram, out var start));
        Assert.Equal([1, 2, 3], datagram[start..]);
    }

    [Fact]
    public void What_did_not_come_through_the_hops_is_dropped()
    {
        var tunnel = new DatagramTunnel(Relays[..3]);
        var right = Headers(Relays[1..3]);
        Assert.True(tunnel.TryUnwrap(right, out _));

        Assert.False(tunnel.TryUnwrap(Headers([Relays[2], Relays[1]]), out _), "another order");
        Assert.False(tunnel.TryUnwrap(Headers([Relays[1], Relays[3]]), out _), "another hop");
        Assert.False(tunnel.TryUnwrap(Headers([Relays[1], Relays[2] with { Port = 1 }]), out _), "another port");
        Assert.False(tunnel.TryUnwrap([.. new UdpHeader(1, SocksEndpoint.From(Relays[1])).ToBytes(), .. Headers([Relays[2]])], out _), "a fragment");
        Assert.False(tunnel.TryUnwrap([.. new UdpHeader(0, Destination).ToBytes(), .. Headers([Relays[2]])], out _), "a name");
        for (var length = 0; length < right.Length; length++)
            Assert.False(tunnel.TryUnwrap(right.AsSpan(0, length), out _), "cut");
        for (var place = 0; place < right.Length; place++)
            Assert.False(tunnel.TryUnwrap([.. right[..place], (byte)(right[place] ^ 0x40), .. right[(place + 1)..]], out _), $"octet {place}");
    }

    [Theory]
    [InlineData("198.51.100.9", "198.51.100.9")]
    [InlineData("0.0.0.0", "192.0.2.1")]
    [InlineData("::", "192.0.2.1")]
    [InlineData("::ffff:198.51.100.9", "198.51.100.9")]
    public void A_relay_without_an_address_is_at_the_hop_itself(string bound, string expected) =>
        Assert.Equal(Literal(expected, 7), DatagramTunnel.RelayOf(SocksReply.Success(SocksEndpoint.From(Literal(bound, 7))), Relays[0].Address));

    [Fact]
    public void A_relay_that_is_named_is_at_the_hop_itself() =>
        Assert.Equal(Literal("192.0.2.1", 53), DatagramTunnel.RelayOf(SocksReply.Success(Destination), Relays[0].Address));

    [Fact]
    public void No_datagram_allocates()
    {
        var tunnel = new DatagramTunnel(Relays);
        var mapped = Headers([Relays[1], Relays[2] with { Address = Relays[2].Address.Mapped }, Relays[3]]);
        var buffer = new byte[1500];
        PassBoth();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 100; count++) PassBoth();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void PassBoth()
        {
            var wrapped = tunnel.Wrap(buffer, 1000);
            if (!tunnel.TryUnwrap(buffer.AsSpan(wrapped), out _) || !tunnel.TryUnwrap(mapped, out _)) throw new InvalidOperationException("dropped");
        }
    }

    private static byte[] Wrapped(DatagramTunnel tunnel, SocksEndpoint destination, ReadOnlySpan<byte> data)
    {
        var buffer = new byte[1500];
        const int DataStart = 1000;
        data.CopyTo(buffer.AsSpan(DataStart));
        return buffer[tunnel.Wrap(buffer, new UdpHeader(0, destination).WriteBefore(buffer, DataStart))..(DataStart + data.Length)];
    }

    private static byte[] Headers(LiteralEndpoint[] sources) => [.. sources.SelectMany(source => new UdpHeader(0, SocksEndpoint.From(source)).ToBytes())];

    private static LiteralEndpoint Literal(string address, ushort port) => new(IpLiteral.Parse(address), port);
}
