using System.Buffers.Binary;

namespace Gateway.Protocol;

/// <summary>SOCKS4 (Ying-Da Lee's memo) and its extension 4a, where an address 0.0.0.x with x ≠ 0 announces a name behind the user's.
/// <code>
/// +----+----+---------+-------+----------+------+......................+
/// | VN | CD | DSTPORT | DSTIP |  USERID  | NULL |  HOSTNAME  |  NULL  |
/// +----+----+---------+-------+----------+------+......................+
/// | 1  | 1  |    2    |   4   | Variable |  1   |  Variable  |   1    |
/// +----+----+---------+-------+----------+------+......................+
/// </code>
/// Both texts are taken up to 255 octets. What is not an IPv4 address is written as 4a.
/// </summary>
public readonly record struct Socks4Request(Socks4Command Command, SocksEndpoint Destination, CountedOctets UserId)
    : ISocksMessage<Socks4Request>
{
    public const byte Version = 0x04;
    private const int FixedLength = 8;
    private const uint FirstAnnouncement = 0x0000_0001, LastAnnouncement = 0x0000_00FF;

    public int Length => FixedLength + UserId.Count + 1 + (Destination.Address.IsName ? Destination.Address.Octets.Length + 1 : 0);

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out Socks4Request request, out int consumed)
    {
        request = default;
        consumed = 0;
        if (buffer.Length > 0 && buffer[0] != Version) return ReadStatus.WrongVersion;
        if (buffer.Length > 1 && (Socks4Command)buffer[1] is not (Socks4Command.Connect or Socks4Command.Bind or Socks4Command.Resolve))
            return ReadStatus.UnsupportedCommand;
        if (buffer.Length < FixedLength) return ReadStatus.Incomplete;

        var status = ReadText(buffer[FixedLength..], out var userId);
        if (status != ReadStatus.Complete) return status;
        var length = FixedLength + userId.Length + 1;

        var ip = BinaryPrimitives.ReadUInt32BigEndian(buffer[4..]);
        SocksAddress address;
        if (ip is >= FirstAnnouncement and <= LastAnnouncement)
        {
            status = ReadText(buffer[length..], out var name);
            if (status != ReadStatus.Complete) return status;
            if (name.Length == 0) return ReadStatus.EmptyName;
            address = SocksAddress.FromName(name);
            length += name.Length + 1;
        }
        else address = SocksAddress.From(IpLiteral.Ipv4(ip));

        var destination = new SocksEndpoint(address, BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]));
        request = new Socks4Request((Socks4Command)buffer[1], destination, new CountedOctets(userId));
        consumed = length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = (byte)Command;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], Destination.Port);
        var address = Destination.Address;
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], address.TryGetIp(out var ip) ? checked((uint)ip.Bits) : FirstAnnouncement);
        var length = FixedLength + WriteText(destination[FixedLength..], UserId.Span);
        return address.IsName ? length + WriteText(destination[length..], address.Octets) : length;
    }

    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) =>
        violation == ReadStatus.WrongVersion ? default : Socks4Reply.Refused.ToBytes();

    private static ReadStatus ReadText(ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> text)
    {
        var end = buffer[..Math.Min(buffer.Length, CountedOctets.MaxCount + 1)].IndexOf((byte)0);
        text = end < 0 ? default : buffer[..end];
        return end >= 0 ? ReadStatus.Complete : buffer.Length > CountedOctets.MaxCount ? ReadStatus.TooLong : ReadStatus.Incomplete;
    }

    private static int WriteText(Span<byte> destination, ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination);
        destination[text.Length] = 0;
        return text.Length + 1;
    }
}
