using System.Text;
using Testing;

namespace Gateway.Protocol.Tests.Vectors;

public class UdpVectors
{
    [Theory]
    [InlineData("U1", "192.0.2.10:53", 10, "hi")]
    [InlineData("U2", "example.com:53", 18, "hi")]
    [InlineData("U3", "[2001:db8::10]:53", 22, "hi")]
    [InlineData("U4", "id A1B2C3:53", 10, "hi")]
    public void Datagram_has_a_destination_and_data(string row, string destination, int dataStart, string data)
    {
        var datagram = VectorTable.Octets(row);
        var header = Splitter.ReadAtEveryPlace<UdpHeader>(datagram[..dataStart]);

        Assert.Equal(destination, header.Destination.ToString());
        Assert.True(header.StandsAlone);
        Assert.True(UdpHeader.TryRead(datagram, out _, out var consumed));
        Assert.Equal(dataStart, consumed);
        Assert.Equal(data, Encoding.ASCII.GetString(datagram.AsSpan(consumed)));
    }

    [Theory]
    [InlineData("U5", "U6", "hello")]
    [InlineData("U6", null, null)]
    [InlineData("U7", null, "x")]
    public void Fragments_are_delivered_with_the_last(string row, string? next, string? delivered)
    {
        var assembler = new FragmentAssembler();
        string? result = null;
        foreach (var name in new[] { row, next }.OfType<string>())
        {
            Assert.Null(result);
            var datagram = VectorTable.Octets(name);
            Assert.True(UdpHeader.TryRead(datagram, out var header, out var start));
            if (assembler.TryAccept(header, datagram.AsSpan(start), TimeSpan.Zero, out var whole)) result = Encoding.ASCII.GetString(whole);
        }
        Assert.Equal(delivered, result);
    }

    [Theory]
    [InlineData("U8", ReadStatus.FragmentWithoutPosition)]
    [InlineData("U9", ReadStatus.ReservedNotZero)]
    public void Broken_datagram_is_dropped_in_silence(string row, ReadStatus violation) =>
        Refusals.Check<UdpHeader>(VectorTable.Octets(row), violation, "");

    [Theory]
    [InlineData("C1", "192.0.2.10:53")]
    [InlineData("C2", "id A1B2C3:53")]
    public void Control_request_asks_for_interface_data(string row, string target)
    {
        var request = Splitter.ReadAtEveryPlace<ControlRequest>(VectorTable.Octets(row));

        Assert.Equal(ControlRequest.InterfaceData, request.Subcommand);
        Assert.Equal(target, request.Target.ToString());
    }

    [Theory]
    [InlineData("C4", "05070001000000000000")]
    public void Unknown_subcommand_is_read_whole_so_that_it_can_be_answered(string row, string reply)
    {
        Assert.NotEqual(ControlRequest.InterfaceData, Splitter.ReadAtEveryPlace<ControlRequest>(VectorTable.Octets(row)).Subcommand);
        Assert.Equal(reply, Convert.ToHexString(SocksReply.Failure(ReplyCode.CommandNotSupported).ToBytes()));
    }
}
