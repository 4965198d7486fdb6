using Gateway.Actors.Associations;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Associations;

public class AssociationRequestTests
{
    private static readonly SocksEndpoint Remote = new(SocksAddress.FromName("example.com"), 53);

    [Fact]
    public void Destination_of_udp_associate_is_where_the_client_sends_from()
    {
        var request = Request(SocksCommand.UdpAssociate, 0, "192.0.2.1", 5000);

        Assert.False(request.AssociatesTarget);
        Assert.Equal("192.0.2.1:5000", request.Announced.ToString());
        Assert.Null(request.Refusal);
    }

    [Fact]
    public void Destination_of_the_combined_command_is_the_target()
    {
        var request = new AssociationRequest(new SocksRequest(SocksCommand.UdpAssociateWithId, RequestFlags.UseClientsPort, Remote));

        Assert.True(request.AssociatesTarget);
        Assert.Equal(default, request.Announced);
        Assert.Null(request.PortToUse);
        Assert.Null(request.Refusal);
    }

    [Theory]
    [InlineData(SocksCommand.UdpAssociateWithId, ReplyCode.InvalidAddress)]
    [InlineData(SocksCommand.UdpAssociate, null)]
    public void All_zeros_are_no_target(SocksCommand command, ReplyCode? refusal) =>
        Assert.Equal(refusal, Request(command, 0, "0.0.0.0", 0).Refusal);

    [Theory]
    [InlineData(RequestFlags.UseClientsPort, 50000, 50000)]
    [InlineData(RequestFlags.UseClientsPort, 0, null)]
    [InlineData(RequestFlags.UseClientsPort, 53, null)]
    [InlineData(RequestFlags.None, 50000, null)]
    public void Clients_port_is_used_when_it_asks_and_the_port_is_for_everyone(RequestFlags flags, int port, int? used) =>
        Assert.Equal(used, (int?)Request(SocksCommand.UdpAssociate, flags, "0.0.0.0", (ushort)port).PortToUse);

    [Theory]
    [InlineData(0x05, 50000, 0x05)]
    [InlineData(0x05, 40000, 0x01)]
    [InlineData(0x15, 50000, 0x05)]
    [InlineData(0xEA, 50000, 0x00)]
    public void Reply_echoes_only_what_was_honoured(byte asked, ushort portInUse, byte echoed) =>
        Assert.Equal((RequestFlags)echoed, Request(SocksCommand.UdpAssociate, (RequestFlags)asked, "0.0.0.0", 50000).Honoured(portInUse));

    [Fact]
    public void Other_commands_are_no_association() =>
        Assert.Throws<ArgumentException>(() => Request(SocksCommand.Connect, 0, "192.0.2.1", 80));

    private static AssociationRequest Request(SocksCommand command, RequestFlags flags, string address, ushort port) =>
        new(new SocksRequest(command, flags, new SocksEndpoint(IpLiteral.Parse(address), port)));
}
