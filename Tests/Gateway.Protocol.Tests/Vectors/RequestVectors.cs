using Testing;

namespace Gateway.Protocol.Tests.Vectors;

public class RequestVectors
{
    private const RequestFlags ControlAndPort = RequestFlags.InterfaceRequest | RequestFlags.UseClientsPort;

    [Theory]
    [InlineData("R1", SocksCommand.Connect, RequestFlags.None, "192.0.2.10:80")]
    [InlineData("R2", SocksCommand.Connect, RequestFlags.None, "[2001:db8::10]:443")]
    [InlineData("R3", SocksCommand.Connect, RequestFlags.None, "example.com:80")]
    [InlineData("R4", SocksCommand.Connect, RequestFlags.DestinationFamily, "example.com:80")]
    [InlineData("R5", SocksCommand.Connect, RequestFlags.None, "id A1B2C3:80")]
    [InlineData("R6", SocksCommand.Bind, RequestFlags.None, "192.0.2.10:21")]
    [InlineData("R7", SocksCommand.UdpAssociate, RequestFlags.None, "0.0.0.0:0")]
    [InlineData("R8", SocksCommand.UdpAssociate, ControlAndPort, "0.0.0.0:50000")]
    [InlineData("R9", SocksCommand.UdpAssociate, ControlAndPort | RequestFlags.DestinationFamily, "0.0.0.0:50000")]
    [InlineData("D12", SocksCommand.ConnectWithId, RequestFlags.None, "example.com:80")]
    [InlineData("D13", SocksCommand.BindWithId, RequestFlags.None, "192.0.2.10:21")]
    [InlineData("D14", SocksCommand.UdpAssociateWithId, RequestFlags.None, "example.com:53")]
    public void Request_carries_command_flags_and_destination(string row, SocksCommand command, RequestFlags flags, string destination)
    {
        var request = Splitter.ReadAtEveryPlace<SocksRequest>(VectorTable.Octets(row));

        Assert.Equal(command, request.Command);
        Assert.Equal(flags, request.Flags);
        Assert.Equal(destination, request.Destination.ToString());
    }

    [Theory]
    [InlineData("D1", "example.com", AddressAnswer.Id)]
    [InlineData("D3", "example.com", AddressAnswer.Ipv4)]
    [InlineData("D5", "example.com", AddressAnswer.Ipv6)]
    [InlineData("D6", "192.0.2.10", AddressAnswer.Name)]
    [InlineData("D8", "example.com", AddressAnswer.RouteFamily)]
    [InlineData("D9", "id A1B2C3", AddressAnswer.Ipv4)]
    [InlineData("D10", "example.com", AddressAnswer.Ipv4)]
    [InlineData("T1", "example.com", AddressAnswer.AnyFamily)]
    [InlineData("T2", "192.0.2.10", AddressAnswer.Name)]
    public void Address_request_says_what_it_wants_for_an_answer(string row, string destination, AddressAnswer answer)
    {
        var request = Splitter.ReadAtEveryPlace<SocksRequest>(VectorTable.Octets(row));

        Assert.Equal(destination, request.Destination.Address.ToString());
        Assert.Equal(answer, AddressAnswers.For(request));
    }

    [Theory]
    [InlineData("R10", ReadStatus.EmptyName, "05010001000000000000")]
    [InlineData("R11", ReadStatus.UnsupportedAddressType, "05080001000000000000")]
    [InlineData("R12", ReadStatus.UnsupportedCommand, "05070001000000000000")]
    [InlineData("R13", ReadStatus.UnsupportedCommand, "05070001000000000000")]
    [InlineData("D11", ReadStatus.UndefinedPreference, "05080001000000000000")]
    [InlineData("D17", ReadStatus.ReservedClass, "05090001000000000000")]
    public void Broken_request_is_owed_its_code(string row, ReadStatus violation, string owed) =>
        Refusals.Check<SocksRequest>(VectorTable.Octets(row), violation, owed);

    [Theory]
    [InlineData("D16")]
    public void Address_id_of_one_octet_waits_for_the_other_three(string row) =>
        Assert.All(Splitter.EveryPlace(VectorTable.Octets(row)), cut => Assert.False(SocksRequest.TryRead(cut.Head, out _, out _)));
}
