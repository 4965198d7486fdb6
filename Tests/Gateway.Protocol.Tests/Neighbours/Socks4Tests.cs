using Gateway.Protocol.Tests.Vectors;
using Testing;

namespace Gateway.Protocol.Tests.Neighbours;

public class Socks4Tests
{
    private const string Refused = "005B000000000000";

    [Fact]
    public void Longest_texts_are_read()
    {
        var request = new Socks4Request(Socks4Command.Bind, new(SocksAddress.FromName(new string('n', 255)), 21), new CountedOctets(new string('u', 255)));
        Assert.Equal(request, Splitter.ReadAtEveryPlace<Socks4Request>(request.ToBytes()));
    }

    [Fact]
    public void User_longer_than_255_octets_is_refused() =>
        Refusals.Check<Socks4Request>([4, 1, 0, 80, 192, 0, 2, 1, .. Enumerable.Repeat((byte)'u', 256)], ReadStatus.TooLong, Refused);

    [Fact]
    public void Name_longer_than_255_octets_is_refused() =>
        Refusals.Check<Socks4Request>([4, 1, 0, 80, 0, 0, 0, 1, 0, .. Enumerable.Repeat((byte)'n', 256)], ReadStatus.TooLong, Refused);

    [Fact]
    public void Announced_name_may_not_be_empty() =>
        Refusals.Check<Socks4Request>([4, 1, 0, 80, 0, 0, 0, 9, 0, 0], ReadStatus.EmptyName, Refused);

    [Fact]
    public void Unknown_command_is_refused() =>
        Refusals.Check<Socks4Request>([4, 3, 0, 80], ReadStatus.UnsupportedCommand, Refused);

    [Fact]
    public void Address_0_0_0_0_announces_no_name() =>
        Assert.Equal("0.0.0.0:21", Splitter.ReadAtEveryPlace<Socks4Request>([4, 2, 0, 21, 0, 0, 0, 0, 0]).Destination.ToString());

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "0.0.0.0")]
    public void Reply_shows_an_ipv4_address_or_none(string bound, string shown)
    {
        var reply = Socks4Reply.Granted(new(IpLiteral.Parse(bound), 40000));
        Assert.Equal((IpLiteral.Parse(shown), 40000), (reply.Address, reply.Port));
    }
}
