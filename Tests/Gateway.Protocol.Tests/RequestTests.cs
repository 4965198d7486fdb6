using Gateway.Protocol.Tests.Vectors;
using Testing;

namespace Gateway.Protocol.Tests;

public class RequestTests
{
    [Fact]
    public void Names_of_255_octets_are_read() =>
        Assert.Equal(255, Splitter.ReadAtEveryPlace<SocksRequest>(Connect(new string('n', 255))).Destination.Address.Octets.Length);

    [Fact]
    public void Name_with_a_nul_is_owed_a_general_failure() =>
        Refusals.Check<SocksRequest>([5, 1, 0, 3, 3, (byte)'a', 0, (byte)'b', 0, 80], ReadStatus.NulInName, "05010001000000000000");

    [Fact]
    public void Other_version_is_owed_a_general_failure() =>
        Refusals.Check<SocksRequest>([4, 1, 0, 80], ReadStatus.WrongVersion, "05010001000000000000");

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x0C)]
    [InlineData(0x0F)]
    [InlineData(0x10)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0xF2)]
    public void Command_that_nobody_defined_is_refused_before_its_destination_arrives(byte command) =>
        Refusals.Check<SocksRequest>([5, command], ReadStatus.UnsupportedCommand, "05070001000000000000");

    [Fact]
    public void Unknown_flags_are_kept_and_mean_nothing()
    {
        var request = Splitter.ReadAtEveryPlace<SocksRequest>([5, 1, 0xEA, 1, 192, 0, 2, 1, 0, 80]);

        Assert.False(request.Flags.HasFlag(RequestFlags.DestinationFamily));
        Assert.False(request.UsesExtension);
    }

    [Theory]
    [InlineData("R1", false)]
    [InlineData("R3", false)]
    [InlineData("R8", false)]
    [InlineData("T1", false)]
    [InlineData("R4", true)]
    [InlineData("R5", true)]
    [InlineData("R9", true)]
    [InlineData("D1", true)]
    [InlineData("D14", true)]
    public void Invalid_address_is_told_only_to_who_used_an_extension(string row, bool told)
    {
        Assert.True(SocksRequest.TryRead(VectorTable.Octets(row), out var request, out _));

        Assert.Equal(told ? ReplyCode.InvalidAddress : ReplyCode.GeneralFailure, ReplyCode.InvalidAddress.For(request.UsesExtension));
        Assert.Equal(ReplyCode.NotAllowed, ReplyCode.NotAllowed.For(request.UsesExtension));
    }

    [Theory]
    [InlineData(SocksCommand.Connect, SocksCommand.Connect, false)]
    [InlineData(SocksCommand.AddressAssociate, SocksCommand.AddressAssociate, true)]
    [InlineData(SocksCommand.ConnectWithId, SocksCommand.Connect, true)]
    [InlineData(SocksCommand.BindWithId, SocksCommand.Bind, true)]
    [InlineData(SocksCommand.UdpAssociateWithId, SocksCommand.UdpAssociate, true)]
    [InlineData(SocksCommand.Resolve, SocksCommand.Resolve, false)]
    public void Combined_command_is_its_base_and_bit_08(SocksCommand command, SocksCommand first, bool associates)
    {
        Assert.Equal(first, command.Base);
        Assert.Equal(associates, command.AssociatesAddress);
    }

    [Theory]
    [InlineData("D1", AddressAnswer.Id)]
    [InlineData("D3", AddressAnswer.Id)]
    [InlineData("D8", AddressAnswer.Id)]
    [InlineData("D9", AddressAnswer.Id)]
    [InlineData("T1", AddressAnswer.AnyFamily)]
    public void Operator_may_have_every_associate_answered_with_an_id(string row, AddressAnswer answer)
    {
        Assert.True(SocksRequest.TryRead(VectorTable.Octets(row), out var request, out _));
        Assert.Equal(answer, AddressAnswers.For(request, alwaysId: true));
    }

    [Fact]
    public void Flag_10_does_not_turn_an_unshown_preference_into_an_address()
    {
        var request = new SocksRequest(SocksCommand.AddressAssociate, RequestFlags.DestinationFamily, new(SocksAddress.FromName("a"), 0));
        Assert.Equal(AddressAnswer.Id, AddressAnswers.For(request));
    }

    [Fact]
    public void Bytes_pipelined_behind_a_message_are_the_next_message()
    {
        byte[] flight = [.. VectorTable.Octets("N1"), .. VectorTable.Octets("A1"), .. VectorTable.Octets("R3"), .. "GET"u8];

        Assert.True(MethodOffer.TryRead(flight, out _, out var offer));
        Assert.True(PasswordRequest.TryRead(flight.AsSpan(offer), out _, out var password));
        Assert.True(SocksRequest.TryRead(flight.AsSpan(offer + password), out _, out var request));
        Assert.Equal("GET"u8.ToArray(), flight[(offer + password + request)..]);
    }

    private static byte[] Connect(string name) =>
        new SocksRequest(SocksCommand.Connect, RequestFlags.None, new(SocksAddress.FromName(name), 80)).ToBytes();
}
