using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Protocol;

/// <summary>
/// A <see cref="MemberLeg"/> inside an RFC 1929 message, as members of a cluster log in to each other. Nothing in it is secret; the MAC,
/// over both fields, the recipient's name and the request behind them, says that a member wrote it (<see cref="MemberKey"/>).
/// <code>
/// UNAME +------------+-----+------+-------+------+------+-------+---------+
///       | 00 "S64"   | VER | TIME | NONCE | LEFT | OVER | TRACE |  NODE   |
///       +------------+-----+------+-------+------+------+-------+---------+
///       |     4      |  1  |  8   |  16   |  1   |  1   |  16   | 1 to 63 |
///       +------------+-----+------+-------+------+------+-------+---------+
/// PASSWD +------+----------+------+----------+-----+
///        | ATYP |  CLIENT  | FLAG |   USER   | MAC |
///        +------+----------+------+----------+-----+
///        |  1   | 4 or 16  |  1   | 0 to 190 | 32  |
///        +------+----------+------+----------+-----+
/// </code>
/// docs/member-legs.md says what each field is for.
/// </summary>
/// <param name="Time">When it was sealed, in milliseconds since 1970-01-01T00:00:00Z by the sender's clock.</param>
/// <param name="Nonce">Never the same twice.</param>
/// <param name="Leg">What the sender says.</param>
public readonly record struct SealedLeg(long Time, UInt128 Nonce, MemberLeg Leg)
{
    /// <summary>Of the layout of both fields.</summary>
    public const byte Version = 0x01;

    private const int VersionAt = 4, TimeAt = 5, NonceAt = 13, LeftAt = 29, OverAt = 30, TraceAt = 31, NodeAt = 47;
    private const byte Nobody = 0x00, NamedUser = 0x01;

    private static ReadOnlySpan<byte> Mark => "\0S64"u8;

    /// <summary>Whether a member speaks, and not a client: no user's name begins with these octets.</summary>
    public static bool Is(in PasswordRequest login) => login.Username.StartsWith(Mark);

    /// <summary>Reads what the message says, whether or not its MAC fits: ask <see cref="MemberKey.Fits"/>.</summary>
    /// <param name="leg">What it says, when the answer is <see cref="ReadStatus.Complete"/>; otherwise its default.</param>
    /// <returns>Complete, WrongVersion or MalformedMemberLogin.</returns>
    public static ReadStatus Read(in PasswordRequest login, out SealedLeg leg)
    {
        leg = default;
        var name = login.Username;
        var word = login.Password;
        if (!name.StartsWith(Mark)) return ReadStatus.MalformedMemberLogin;
        if (name.Length > VersionAt && name[VersionAt] != Version) return ReadStatus.WrongVersion;
        if (name.Length <= NodeAt || name[OverAt] > (byte)FamilyWish.PreferIpv6 || !TryReadName(name[NodeAt..], out var member) || !MemberLeg.IsMember(member))
            return ReadStatus.MalformedMemberLogin;
        if (word.Length < MemberKey.MacLength || !TryReadClient(word[..^MemberKey.MacLength], out var client, out var user))
            return ReadStatus.MalformedMemberLogin;

        leg = new SealedLeg(
            BinaryPrimitives.ReadInt64BigEndian(name[TimeAt..]),
            BinaryPrimitives.ReadUInt128BigEndian(name[NonceAt..]),
            new MemberLeg
            {
                Member = member,
                Client = client,
                User = user,
                Trace = new(BinaryPrimitives.ReadUInt128BigEndian(name[TraceAt..])),
                HopsLeft = name[LeftAt],
                Over = (FamilyWish)name[OverAt],
            });
        return ReadStatus.Complete;
    }

    /// <summary>The message for <paramref name="recipient"/>, good for <paramref name="request"/> and nothing else.</summary>
    /// <exception cref="ArgumentException">A node's or the user's name does not fit.</exception>
    public PasswordRequest Seal(MemberKey key, string recipient, in SocksRequest request)
    {
        if (!MemberLeg.IsMember(recipient)) throw new ArgumentException("the name of a node has 1 to 63 octets and no control characters", nameof(recipient));
        Span<byte> name = stackalloc byte[CountedOctets.MaxCount];
        Span<byte> word = stackalloc byte[CountedOctets.MaxCount];
        Span<byte> asked = stackalloc byte[SocksRequest.MaxLength];
        name = name[..WriteName(name)];
        var length = WriteClient(word);
        word = word[..(length + MemberKey.MacLength)];
        key.Mac(name, word[..length], recipient, asked[..request.Write(asked)], word[length..]);
        return new(new CountedOctets(name), new CountedOctets(word));
    }

    private int WriteName(Span<byte> name)
    {
        if (!MemberLeg.IsMember(Leg.Member)) throw new ArgumentException("the name of a node has 1 to 63 octets and no control characters");
        Mark.CopyTo(name);
        name[VersionAt] = Version;
        BinaryPrimitives.WriteInt64BigEndian(name[TimeAt..], Time);
        BinaryPrimitives.WriteUInt128BigEndian(name[NonceAt..], Nonce);
        name[LeftAt] = Leg.HopsLeft;
        name[OverAt] = (byte)Leg.Over;
        BinaryPrimitives.WriteUInt128BigEndian(name[TraceAt..], Leg.Trace.Bits);
        return NodeAt + Encoding.UTF8.GetBytes(Leg.Member, name[NodeAt..]);
    }

    private int WriteClient(Span<byte> word)
    {
        if (Leg.User is { } named && !MemberLeg.IsUser(named)) throw new ArgumentException("the name of a user has 1 to 190 octets");
        word[0] = (byte)(Leg.Client.IsIpv6 ? AddressType.Ipv6 : AddressType.Ipv4);
        var length = 1 + Leg.Client.Write(word[1..]);
        word[length++] = Leg.User is null ? Nobody : NamedUser;
        return length + (Leg.User is { } user ? Encoding.UTF8.GetBytes(user, word[length..]) : 0);
    }

    /// <summary>One value has one form: an IPv4 address is not written as a mapped one, and nobody has no name.</summary>
    private static bool TryReadClient(ReadOnlySpan<byte> word, out IpLiteral client, out string? user)
    {
        (client, user) = (default, null);
        var length = word.Length == 0 ? 0 : (AddressType)word[0] switch { AddressType.Ipv4 => 4, AddressType.Ipv6 => 16, _ => 0 };
        if (length == 0 || word.Length < 1 + length + 1) return false;

        client = IpLiteral.FromOctets(word.Slice(1, length));
        if (client.IsMapped) return false;
        var rest = word[(1 + length + 1)..];
        return word[1 + length] switch
        {
            Nobody => rest.Length == 0,
            NamedUser => TryReadName(rest, out user) && MemberLeg.IsUser(user),
            _ => false,
        };
    }

    private static bool TryReadName(ReadOnlySpan<byte> octets, out string name)
    {
        name = Utf8.IsValid(octets) ? Encoding.UTF8.GetString(octets) : "";
        return name.Length > 0;
    }
}
