using Gateway.Actors.Associations;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Associations;

public class AssociationClientTests
{
    [Fact]
    public void First_port_heard_is_the_only_one_from_then_on()
    {
        var client = Client("0.0.0.0", 0);
        Assert.False(client.IsLocked);
        Assert.True(client.Admits(At("192.0.2.1", 5000)));
        Assert.True(client.Admits(At("192.0.2.1", 6000)));

        client = client.HeardFrom(At("192.0.2.1", 5000));

        Assert.Equal(At("192.0.2.1", 5000), client.Endpoint);
        Assert.True(client.Admits(At("192.0.2.1", 5000)));
        Assert.False(client.Admits(At("192.0.2.1", 6000)));
        Assert.Equal(client, client.HeardFrom(At("192.0.2.1", 6000)));
    }

    [Fact]
    public void Other_hosts_are_never_admitted() => Assert.False(Client("0.0.0.0", 0).Admits(At("192.0.2.2", 5000)));

    [Fact]
    public void Announced_port_binds_at_once_when_the_gateway_sees_the_address_too()
    {
        var client = Client("192.0.2.1", 5000);
        Assert.True(client.Admits(At("192.0.2.1", 5000)));
        Assert.False(client.Admits(At("192.0.2.1", 5001)));
    }

    [Theory]
    [InlineData("10.0.0.7", 5000)]
    [InlineData("0.0.0.0", 5000)]
    public void Announcement_from_behind_a_translator_binds_nothing(string announced, ushort port)
    {
        var client = Client(announced, port);
        Assert.True(client.Admits(At("192.0.2.1", 61000)));
        Assert.False(client.Admits(At("10.0.0.7", 5000)));
    }

    [Fact]
    public void Mapped_addresses_are_the_ipv4_addresses_they_are()
    {
        var client = Client("192.0.2.1", 5000, peer: "::ffff:192.0.2.1");
        Assert.True(client.IsLocked);
        Assert.True(client.Admits(At("::ffff:192.0.2.1", 5000)));
    }

    private static AssociationClient Client(string announced, ushort port, string peer = "192.0.2.1") => AssociationClient.For(
        new AssociationRequest(new SocksRequest(SocksCommand.UdpAssociate, 0, new SocksEndpoint(IpLiteral.Parse(announced), port))), At(peer, 40000));

    private static LiteralEndpoint At(string address, ushort port) => new(IpLiteral.Parse(address), port);
}
