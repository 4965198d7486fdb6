using System.Buffers.Binary;

namespace Gateway.Protocol;

/// <summary>CD of a SOCKS4 reply.</summary>
public enum Socks4ReplyCode : byte
{
    Granted = 0x5A,
    Refused = 0x5B,
    IdentUnreachable = 0x5C,
    IdentMismatch = 0x5D,
}

/// <summary>SOCKS4's reply; VN is the reply's own version, 0.
/// <code>
/// +----+----+---------+-------+
/// | VN | CD | DSTPORT | DSTIP |
/// +----+----+---------+-------+
/// | 1  | 1  |    2    |   4   |
/// +----+----+---------+-------+
/// </code></summary>
/// <param name="Address">An IPv4 address; SOCKS4 has no other, and 0.0.0.0 is read as "the server's own".</param>
public readonly record struct Socks4Reply(Socks4ReplyCode Code, IpLiteral Address, ushort Port) : ISocksMessage<Socks4Reply>
{
    public const byte Version = 0x00;

    public static Socks4Reply Refused => new(Socks4ReplyCode.Refused, IpLiteral.AnyIpv4, 0);

    /// <summary>Granted, with the address where SOCKS4 can say it, and 0.0.0.0 where it is an IPv6 one.</summary>
    public static Socks4Reply Granted(LiteralEndpoint bound)
    {
        var address = bound.Address.Canonical;
        return new Socks4Reply(Socks4ReplyCode.Granted, address.IsIpv4 ? address : IpLiteral.AnyIpv4, bound.Port);
    }

    public int Length => 8;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out Socks4Reply reply, out int consumed)
    {
        reply = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length < 8) return ReadStatus.Incomplete;

        var address = IpLiteral.FromOctets(buffer.Slice(4, 4));
        reply = new Socks4Reply((Socks4ReplyCode)buffer[1], address, BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]));
        consumed = 8;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Code;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Port);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], checked((uint)Address.Bits));
        return 8;
    }

    /// <summary>Nothing: a server that answers wrongly is left.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;
}
