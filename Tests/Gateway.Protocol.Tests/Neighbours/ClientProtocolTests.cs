using Gateway.Protocol.Tests.Vectors;

namespace Gateway.Protocol.Tests.Neighbours;

public class ClientProtocolTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("HEAD / HTTP/1.1")]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("PUT / HTTP/1.1")]
    [InlineData("PATCH / HTTP/1.1")]
    [InlineData("CONNECT example.com:443 HTTP/1.1")]
    [InlineData("DELETE / HTTP/1.1")]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("TRACE / HTTP/1.1")]
    public void Http_requests_are_recognised(string request) =>
        Assert.Equal(ClientProtocol.Http, ClientProtocols.Detect((byte)request[0]));

    [Theory]
    [InlineData("N1", ClientProtocol.Socks5)]
    [InlineData("F1", ClientProtocol.Socks4)]
    [InlineData("P1", ClientProtocol.ProxyHeader)]
    public void Protocols_of_the_gateway_are_told_apart(string row, ClientProtocol protocol) =>
        Assert.Equal(protocol, ClientProtocols.Detect(VectorTable.Octets(row)[0]));

    [Fact]
    public void Tls_and_anything_else_are_told_apart()
    {
        Assert.Equal(ClientProtocol.Tls, ClientProtocols.Detect(0x16));
        Assert.Equal(ClientProtocol.Unknown, ClientProtocols.Detect(0x00));
    }
}
