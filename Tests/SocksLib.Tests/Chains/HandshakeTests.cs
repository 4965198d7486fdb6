using Gateway.Protocol;
using Testing;

namespace SocksLib.Tests;

/// <summary>One way, octets in and octets out.</summary>
public class HandshakeTests
{
    private static readonly SocksRequest Request =
        new(SocksCommand.Connect, RequestFlags.None, new SocksEndpoint(SocksAddress.FromName("example.com"), 80));

    private static readonly byte[] Connected = Convert.FromHexString("05000001C000020A1388");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answers_may_be_cut_at_every_octet(bool takesOneFlight)
    {
        byte[] answers = [5, 0, .. Connected, 5, 2, 1, 0, .. Connected, .. "220 ready"u8];
        foreach (var (head, tail) in Splitter.EveryPlace(answers))
        {
            var handshake = new ChainHandshake([Hop(1, takesOneFlight), Hop(2, takesOneFlight, HopLogin.Password("u", "p"))], Request);
            var unread = new List<byte>();
            Assert.True(Feed(handshake, unread, head) is HandshakeProgress.Waiting || tail.Length <= 9);
            if (handshake.Reply == default) Assert.Equal(HandshakeProgress.Linked, Feed(handshake, unread, tail));
            else unread.AddRange(tail);

            Assert.Equal("220 ready"u8, unread.ToArray());
            Assert.Equal(new LiteralEndpoint(IpLiteral.Parse("192.0.2.10"), 5000), handshake.Reply.Bound.TryGetLiteral(out var bound) ? bound : default);
        }
    }

    [Fact]
    public void Each_octet_alone_leads_there_too()
    {
        byte[] answers = [5, 0, .. Connected, 5, 0, .. Connected, 5, 0, .. Connected];
        var handshake = new ChainHandshake([Hop(1, true), Hop(2, false), Hop(3, true)], Request);
        var unread = new List<byte>();
        foreach (var piece in Splitter.Pieces(answers[..^1], 1))
            Assert.Equal(HandshakeProgress.Waiting, Feed(handshake, unread, piece));
        Assert.Equal(HandshakeProgress.Linked, Feed(handshake, unread, answers[^1..]));
    }

    [Fact]
    public void It_says_whom_it_waits_for_and_for_what()
    {
        var handshake = new ChainHandshake([Hop(1, true, HopLogin.Password("u", "p")), Hop(2, true)], Request);
        var unread = new List<byte>();
        Assert.Equal((1, ChainPhase.Greeting), (handshake.Hop, handshake.Phase));
        Feed(handshake, unread, [5, 2]);
        Assert.Equal((1, ChainPhase.Authentication), (handshake.Hop, handshake.Phase));
        Feed(handshake, unread, [1, 0]);
        Assert.Equal((2, ChainPhase.Connect), (handshake.Hop, handshake.Phase));
        Feed(handshake, unread, Connected);
        Assert.Equal((2, ChainPhase.Greeting), (handshake.Hop, handshake.Phase));
        Feed(handshake, unread, [5, 0]);
        Assert.Equal((2, ChainPhase.Request), (handshake.Hop, handshake.Phase));
    }

    [Theory]
    [InlineData("04", 1, ChainPhase.Greeting, "wrong version octet")]
    [InlineData("48", 1, ChainPhase.Greeting, "wrong version octet")]
    [InlineData("05FF", 1, ChainPhase.Greeting, "no acceptable authentication method")]
    [InlineData("0580", 1, ChainPhase.Greeting, "chose method 80, which was not offered")]
    [InlineData("0501", 1, ChainPhase.Greeting, "chose method 01, which was not offered")]
    [InlineData("050205", 1, ChainPhase.Authentication, "wrong version octet")]
    [InlineData("05020101", 1, ChainPhase.Authentication, "login refused")]
    [InlineData("050004", 1, ChainPhase.Request, "wrong version octet")]
    [InlineData("0500050000FF", 1, ChainPhase.Request, "address type not supported")]
    [InlineData("0500", 2, ChainPhase.Greeting, "wrong version octet", "04")]
    [InlineData("0500", 2, ChainPhase.Greeting, "chose method 02, which was not offered", "0502")]
    [InlineData("0500", 2, ChainPhase.Request, "wrong version octet", "050048")]
    public void A_hop_that_breaks_the_rules_is_named(string first, int hop, ChainPhase phase, string cause, string? second = null)
    {
        var handshake = new ChainHandshake([Hop(1, false, HopLogin.Password("u", "p")), Hop(2, false)], Request);
        var octets = Convert.FromHexString(first).Concat(second is null ? [] : [.. Connected, .. Convert.FromHexString(second)]);

        Assert.Equal(HandshakeProgress.Failed, Feed(handshake, [], [.. octets]));
        Assert.Equal(new WayFailure(hop, phase, ReplyCode.GeneralFailure, cause) { IsLasting = true }, handshake.Failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Each_code_of_each_hop_is_kept(int hop)
    {
        for (var code = 1; code < 256; code++)
        {
            var handshake = new ChainHandshake([Hop(1, true), Hop(2, true), Hop(3, true)], Request);
            List<byte> octets = [];
            for (var before = 1; before < hop; before++) octets.AddRange([5, 0, .. Connected]);

            // No more than VER and REP: what stands behind a failure is of no importance, and may never come.
            Assert.Equal(HandshakeProgress.Failed, Feed(handshake, [], [.. octets, 5, 0, 5, (byte)code]));
            var failure = handshake.Failure!.Value;
            Assert.Equal((ReplyCode)code, failure.Code);
            Assert.Equal(((ReplyCode)code).Text, failure.Cause);
            Assert.Equal(hop < 3 ? (hop + 1, ChainPhase.Connect, false) : (3, ChainPhase.Request, true), (failure.Hop, failure.Phase, failure.IsVerdict));
            Assert.Equal(hop == 3 && code != 1, failure.IsFinal);
        }
    }

    [Fact]
    public void A_lost_channel_is_the_fault_of_the_hop_that_owes_an_answer()
    {
        var handshake = new ChainHandshake([Hop(1, true), Hop(2, true)], Request);
        Assert.Equal((1, ChainPhase.Greeting), At(handshake.Lost("closed")));
        Feed(handshake, [], [5, 0]);
        Assert.Equal((1, ChainPhase.Request), At(handshake.Lost("closed")));
        Feed(handshake, [], Connected);
        Assert.Equal((2, ChainPhase.Greeting), At(handshake.Lost("closed")));
        Feed(handshake, [], [5, 0]);
        Assert.Equal((2, ChainPhase.Request), At(handshake.Lost("closed")));
        Assert.False(handshake.Lost("closed").IsVerdict);

        static (int, ChainPhase) At(WayFailure failure) => (failure.Hop, failure.Phase);
    }

    [Fact]
    public void The_login_is_given_the_request_that_the_hop_will_see()
    {
        var login = new Witness();
        var handshake = new ChainHandshake([Hop(1, true, login), Hop(2, true, login)], Request);
        handshake.Write(new byte[4096]);

        Assert.Equal([new SocksRequest(SocksCommand.Connect, RequestFlags.None, Hop(2, true).Address), Request], login.Seen);
    }

    [Fact]
    public void A_small_buffer_is_filled_message_by_message()
    {
        var (whole, pieces) = (Handshake(), Handshake());
        var flight = new byte[4096];
        var small = new byte[ChainHandshake.MaxMessage];
        var written = new List<byte>();
        while (pieces.Write(small) is > 0 and var length) written.AddRange(small[..length]);

        Assert.Equal(flight[..whole.Write(flight)], written);
        Assert.Equal(0, pieces.Write(new byte[ChainHandshake.MaxMessage - 1]));

        static ChainHandshake Handshake() => new([Hop(1, true), Hop(2, true), Hop(3, true)], Request);
    }

    [Theory]
    [InlineData(SocksCommand.Bind)]
    [InlineData(SocksCommand.UdpAssociate)]
    [InlineData(SocksCommand.AddressAssociate)]
    [InlineData(SocksCommand.ConnectWithId)]
    public void Only_the_last_hop_gets_the_clients_request(SocksCommand command)
    {
        var request = new SocksRequest(command, RequestFlags.DestinationFamily, new SocksEndpoint(SocksAddress.FromName("example.com"), 1));
        var handshake = new ChainHandshake([Hop(1, true), Hop(2, true) with { AddressAssociate = true }], request);
        var flight = new byte[4096];

        Assert.Equal(
            [5, 1, 0, .. new SocksRequest(SocksCommand.Connect, RequestFlags.None, Hop(2, true).Address).ToBytes(), 5, 1, 0, .. request.ToBytes()],
            flight[..handshake.Write(flight)]);
    }

    [Fact]
    public void A_last_hop_that_does_not_speak_the_draft_sees_no_FLAG()
    {
        var handshake = new ChainHandshake([Hop(1, true)], Request with { Flags = RequestFlags.DestinationFamily });
        var flight = new byte[4096];

        Assert.Equal([5, 1, 0, .. Request.ToBytes()], flight[..handshake.Write(flight)]);
    }

    [Theory]
    [InlineData("192.0.2.9", "0.0.0.0")]
    [InlineData("2001:db8::9", "::")]
    [InlineData("::ffff:192.0.2.9", "0.0.0.0")]
    public void An_association_from_nowhere_yet_is_asked_for_in_the_family_of_the_leg(string hop, string nowhere)
    {
        var last = Hop(2, true) with { Address = new SocksEndpoint(IpLiteral.Parse(hop), 1080) };
        var handshake = new ChainHandshake([Hop(1, true), last], new SocksRequest(SocksCommand.UdpAssociate, RequestFlags.None, SocksEndpoint.Unspecified));
        var flight = new byte[4096];

        var expected = new SocksRequest(SocksCommand.UdpAssociate, RequestFlags.None, new SocksEndpoint(IpLiteral.Parse(nowhere), 0)).ToBytes();
        Assert.Equal(expected, flight[..handshake.Write(flight)][^expected.Length..]);
    }

    /// <summary>Gives it octets as a channel does, and lets it say what it wants to.</summary>
    private static HandshakeProgress Feed(ChainHandshake handshake, List<byte> unread, byte[] octets)
    {
        var flight = new byte[4096];
        unread.AddRange(octets);
        while (true)
        {
            while (handshake.Write(flight) > 0) { }
            var progress = handshake.Read(unread.ToArray(), out var consumed);
            unread.RemoveRange(0, consumed);
            if (progress is HandshakeProgress.Waiting or HandshakeProgress.Linked or HandshakeProgress.Failed) return progress;
        }
    }

    private static HopServer Hop(int number, bool takesOneFlight, HopLogin? login = null) => new()
    {
        Name = $"hop{number}",
        Address = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse($"2001:db8::{number}"), 1080)),
        Login = login ?? HopLogin.None,
        TakesOneFlight = takesOneFlight,
    };

    private sealed class Witness : HopLogin
    {
        public List<SocksRequest> Seen { get; } = [];

        public override ReadOnlySpan<byte> Methods => [(byte)AuthMethod.Password];

        public override PasswordRequest Authenticate(in SocksRequest request)
        {
            Seen.Add(request);
            return new PasswordRequest("u", "p");
        }
    }
}
