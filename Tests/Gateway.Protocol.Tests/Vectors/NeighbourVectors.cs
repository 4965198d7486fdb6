using Testing;

namespace Gateway.Protocol.Tests.Vectors;

public class NeighbourVectors
{
    [Theory]
    [InlineData("F1", "192.0.2.10:80", "fred")]
    [InlineData("F2", "example.com:80", "")]
    public void Socks4_request_carries_destination_and_user(string row, string destination, string user)
    {
        var request = Splitter.ReadAtEveryPlace<Socks4Request>(VectorTable.Octets(row));

        Assert.Equal(Socks4Command.Connect, request.Command);
        Assert.Equal(destination, request.Destination.ToString());
        Assert.Equal(user, request.UserId.ToString());
    }

    [Theory]
    [InlineData("F3", Socks4ReplyCode.Granted)]
    [InlineData("F4", Socks4ReplyCode.Refused)]
    public void Socks4_reply_carries_its_code(string row, Socks4ReplyCode code) =>
        Assert.Equal(code, Splitter.ReadAtEveryPlace<Socks4Reply>(VectorTable.Octets(row)).Code);

    [Theory]
    [InlineData("P1", "")]
    [InlineData("P3", "11223344")]
    public void Proxy_header_names_the_original_client(string row, string uniqueId)
    {
        var header = Splitter.ReadAtEveryPlace<ProxyHeader>(VectorTable.Octets(row));

        Assert.True(header.IsProxied);
        Assert.Equal("192.0.2.1:40000", header.Source.ToString());
        Assert.Equal("192.0.2.10:1080", header.Destination.ToString());
        Assert.Equal(uniqueId, Convert.ToHexString(header.UniqueId.Span));
    }

    [Theory]
    [InlineData("P2")]
    public void Proxy_header_of_a_health_check_names_nobody(string row) =>
        Assert.False(Splitter.ReadAtEveryPlace<ProxyHeader>(VectorTable.Octets(row)).IsProxied);
}
