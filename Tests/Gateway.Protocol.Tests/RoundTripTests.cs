using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Testing;

namespace Gateway.Protocol.Tests;

/// <summary>Whatever a message holds, it is read as it was written, from any two pieces. The seed is fixed, so a failure repeats.</summary>
public class RoundTripTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(200)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(1928, 1929), FSharpOption<int>.None)));

    private static readonly Gen<byte> Octet = Gen.Choose(0, 255).Select(value => (byte)value);
    private static readonly Gen<ushort> Port = Gen.Choose(0, ushort.MaxValue).Select(value => (ushort)value);
    private static readonly Gen<IpLiteral> Ipv4 = Octet.ArrayOf(4).Select(octets => IpLiteral.FromOctets(octets));
    private static readonly Gen<IpLiteral> Ipv6 = Octet.ArrayOf(16).Select(octets => IpLiteral.FromOctets(octets));
    private static readonly Gen<SocksAddress> Name = Octets(1, 1, 255).Select(octets => SocksAddress.FromName(octets.Span));
    private static readonly Gen<RequestFlags> Flags = Octet.Select(value => (RequestFlags)value);

    private static readonly Gen<SocksEndpoint> Endpoint =
        from address in Gen.OneOf(Ipv4.Select(SocksAddress.From), Ipv6.Select(SocksAddress.From), Name,
            Gen.Choose(0, (int)AddressId.MaxRealId).Select(value => SocksAddress.From(new AddressId((uint)value))))
        from port in Port
        select new SocksEndpoint(address, port);

    private static readonly Gen<LiteralEndpoint> Ipv4Endpoint = from ip in Ipv4 from port in Port select new LiteralEndpoint(ip, port);
    private static readonly Gen<LiteralEndpoint> Ipv6Endpoint = from ip in Ipv6 from port in Port select new LiteralEndpoint(ip, port);

    [Fact]
    public void Offers_come_back() => ComesBack(Octets(0, 1, 255).Select(methods => new MethodOffer(methods)));

    [Fact]
    public void Choices_come_back() => ComesBack(Octet.Select(method => new MethodChoice((AuthMethod)method)));

    [Fact]
    public void Passwords_come_back() =>
        ComesBack(from username in Octets(0, 1, 255) from password in Octets(0, 1, 255) select new PasswordRequest(username, password));

    [Fact]
    public void Password_replies_come_back() => ComesBack(Octet.Select(status => new PasswordReply(status)));

    [Fact]
    public void Requests_come_back() => ComesBack(
        from command in Gen.Elements(Enum.GetValues<SocksCommand>())
        from flags in Flags
        from endpoint in Endpoint
        from preference in Gen.Elements(Enum.GetValues<AddressPreference>())
        let port = command == SocksCommand.AddressAssociate ? (ushort)preference : endpoint.Port
        select new SocksRequest(command, flags, endpoint with { Port = port }));

    [Fact]
    public void Replies_come_back() => ComesBack(
        from code in Octet from flags in Flags from bound in Endpoint select new SocksReply((ReplyCode)code, flags, bound));

    [Fact]
    public void Datagram_headers_come_back() => ComesBack(
        from fragment in Octet.Where(value => value != UdpHeader.LastFragment) from destination in Endpoint select new UdpHeader(fragment, destination));

    [Fact]
    public void Control_requests_come_back() => ComesBack(
        from subcommand in Octet from flags in Octet from target in Endpoint select new ControlRequest(subcommand, flags, target));

    [Fact]
    public void Socks4_requests_come_back() => ComesBack(
        from command in Gen.Elements(Enum.GetValues<Socks4Command>())
        from address in Gen.OneOf(Ipv4.Where(ip => ip.IsUnspecified || ip.Bits > 255).Select(SocksAddress.From), Name)
        from port in Port
        from user in Octets(1, 0, 255)
        select new Socks4Request(command, new SocksEndpoint(address, port), user));

    [Fact]
    public void Socks4_replies_come_back() => ComesBack(
        from code in Octet from bound in Ipv4Endpoint select new Socks4Reply((Socks4ReplyCode)code, bound.Address, bound.Port));

    [Fact]
    public void Proxy_headers_come_back() => ComesBack(
        from source in Gen.OneOf(Ipv4Endpoint.Two(), Ipv6Endpoint.Two())
        from id in Octets(0, 0, 128)
        select new ProxyHeader(true, source.Item1, source.Item2, id));

    [Fact]
    public void Gssapi_frames_come_back() => Check.One(Repeatable, Prop.ForAll(
        (from type in Gen.Elements(Enum.GetValues<GssapiMessageType>())
         from token in Gen.Choose(0, 70_000).SelectMany(count => Octet.ArrayOf(Math.Min(count, GssapiFrame.MaxTokenLength)))
         select (type, token: type == GssapiMessageType.Abort ? [] : token)).ToArbitrary(),
        one =>
        {
            var bytes = new GssapiFrame(one.type, one.token).ToBytes();
            Assert.False(GssapiFrame.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _, out _));
            Assert.True(GssapiFrame.TryRead(bytes, out var frame, out var consumed));
            Assert.Equal((bytes.Length, one.type), (consumed, frame.Type));
            Assert.True(frame.Token.SequenceEqual(one.token));
        }));

    [Fact]
    public void Literals_come_back_as_text() => Check.One(Repeatable, Prop.ForAll(
        Gen.OneOf(Ipv4, Ipv6).ToArbitrary(), ip => Assert.Equal(ip, IpLiteral.Parse(ip.ToString()))));

    [Fact]
    public void Literals_come_back_from_every_nat64_prefix() => Check.One(Repeatable, Prop.ForAll(
        (from ip in Ipv4 from length in Gen.Elements(32, 40, 48, 56, 64, 96) select (ip, length)).ToArbitrary(),
        one =>
        {
            var prefix = new Nat64Prefix(IpLiteral.Parse("2001:db8:1122:3344::"), one.length);
            Assert.True(prefix.TryExtract(prefix.Embed(one.ip), out var extracted));
            Assert.Equal(one.ip, extracted);
        }));

    private static void ComesBack<T>(Gen<T> messages) where T : struct, ISocksMessage<T> => Check.One(Repeatable,
        Prop.ForAll(messages.ToArbitrary(), message => Assert.Equal(message, Splitter.ReadAtEveryPlace<T>(message.ToBytes()))));

    private static Gen<CountedOctets> Octets(int lowest, int least, int most) =>
        from count in Gen.Frequency((4, Gen.Choose(least, Math.Min(most, 20))), (1, Gen.Choose(least, most)))
        from octets in Gen.Choose(lowest, 255).ArrayOf(count)
        select new CountedOctets(octets.Select(value => (byte)value).ToArray());
}
