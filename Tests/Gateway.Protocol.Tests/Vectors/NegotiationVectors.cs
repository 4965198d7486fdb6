using System.Text;
using Testing;

namespace Gateway.Protocol.Tests.Vectors;

public class NegotiationVectors
{
    [Theory]
    [InlineData("N1", "000102")]
    public void Greeting_offers_methods(string row, string methods)
    {
        var offer = Splitter.ReadAtEveryPlace<MethodOffer>(VectorTable.Octets(row));

        Assert.Equal(methods, Convert.ToHexString(offer.Methods.Span));
        Assert.True(offer.Offers(AuthMethod.Password));
        Assert.False(offer.Offers(AuthMethod.NoneAcceptable));
    }

    [Theory]
    [InlineData("N2", AuthMethod.Gssapi)]
    [InlineData("N3", AuthMethod.NoneAcceptable)]
    public void Server_chooses_a_method(string row, AuthMethod method) =>
        Assert.Equal(method, Splitter.ReadAtEveryPlace<MethodChoice>(VectorTable.Octets(row)).Method);

    [Theory]
    [InlineData("N4", "05FF")]
    public void Greeting_without_methods_is_owed_none_acceptable(string row, string owed) =>
        Refusals.Check<MethodOffer>(VectorTable.Octets(row), ReadStatus.NoMethods, owed);

    [Theory]
    [InlineData("A1", "alice", "s3cret")]
    public void Password_request_carries_both_fields(string row, string username, string password)
    {
        var request = Splitter.ReadAtEveryPlace<PasswordRequest>(VectorTable.Octets(row));

        Assert.Equal(username, Encoding.ASCII.GetString(request.Username));
        Assert.Equal(password, Encoding.ASCII.GetString(request.Password));
    }

    [Theory]
    [InlineData("A2", true)]
    [InlineData("A3", false)]
    public void Password_reply_lets_in_or_not(string row, bool accepted) =>
        Assert.Equal(accepted, Splitter.ReadAtEveryPlace<PasswordReply>(VectorTable.Octets(row)).IsAccepted);

    [Theory]
    [InlineData("A4", "0101")]
    public void Empty_credentials_are_owed_a_refusal(string row, string owed) =>
        Refusals.Check<PasswordRequest>(VectorTable.Octets(row), ReadStatus.EmptyCredential, owed);

    [Theory]
    [InlineData("G1", GssapiMessageType.ContextToken, "DEADBEEF")]
    [InlineData("G2", GssapiMessageType.ContextToken, "")]
    [InlineData("G3", GssapiMessageType.Abort, "")]
    [InlineData("G4", GssapiMessageType.ProtectionLevel, "050404FF000C0000000000002027C24A020D64625357E9327722F296B3")]
    [InlineData("G5", GssapiMessageType.ProtectionLevel, "02")]
    [InlineData("G6", GssapiMessageType.ProtectionLevel, "00")]
    public void Gssapi_frame_shows_its_token(string row, GssapiMessageType type, string token)
    {
        var octets = VectorTable.Octets(row);
        foreach (var (head, tail) in Splitter.EveryPlace(octets))
            Assert.Equal(tail.Length == 0, GssapiFrame.TryRead(head, out _, out _));

        Assert.True(GssapiFrame.TryRead([.. octets, 0x01, 0xFF], out var frame, out var consumed));
        Assert.Equal(octets.Length, consumed);
        Assert.Equal(type, frame.Type);
        Assert.Equal(token, Convert.ToHexString(frame.Token));
        Assert.Equal(octets, frame.ToBytes());
    }
}
