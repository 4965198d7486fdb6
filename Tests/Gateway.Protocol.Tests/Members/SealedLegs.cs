using FsCheck;
using FsCheck.Fluent;

namespace Gateway.Protocol.Tests.Members;

/// <summary>Legs as the tests seal them.</summary>
internal static class SealedLegs
{
    public const string Recipient = "g2";

    public static MemberKey Key { get; } = MemberKey.Derive("correct horse battery staple"u8);

    public static SocksRequest Request { get; } = new(SocksCommand.Connect, 0, new(SocksAddress.FromName("example.com"), 80));

    /// <summary>That of row M1.</summary>
    public static SealedLeg Leg { get; } = new(1_767_225_600_123, UInt128.Parse("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF", System.Globalization.NumberStyles.HexNumber), new()
    {
        Member = "g1",
        Client = IpLiteral.Parse("2001:db8::7"),
        User = "alice",
        Trace = new(UInt128.Parse("C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF", System.Globalization.NumberStyles.HexNumber)),
        HopsLeft = 5,
        Over = FamilyWish.Ipv6,
    });

    public static Gen<SealedLeg> Any { get; } =
        from time in Numbers(8)
        from nonce in Numbers(16)
        from trace in Numbers(16)
        from client in Gen.OneOf(Numbers(4), Numbers(16))
        from hops in Gen.Choose(0, 255)
        from over in Gen.Elements(Enum.GetValues<FamilyWish>())
        from member in Names(MemberLeg.MaxMemberLength, "g1-_.ä€")
        from user in Gen.OneOf(Gen.Constant((string?)null), Names(MemberLeg.MaxUserLength, "alice\u0001 ä€").Select(name => (string?)name))
        select new SealedLeg(BitConverter.ToInt64(time), BitConverter.ToUInt128(nonce), new()
        {
            Member = member,
            Client = IpLiteral.FromOctets(client),
            User = user,
            Trace = new(BitConverter.ToUInt128(trace)),
            HopsLeft = (byte)hops,
            Over = over,
        });

    private static Gen<byte[]> Numbers(int count) => Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(count);

    /// <summary>Names of 1 to as many octets as there may be, at most three for each character.</summary>
    private static Gen<string> Names(int most, string characters) =>
        from count in Gen.Choose(1, most / 3)
        from name in Gen.Elements(characters.ToCharArray()).ArrayOf(count)
        select new string(name);
}
