using System.Buffers.Binary;

namespace Gateway.Protocol;

/// <summary>
/// What stands before the data of a relayed datagram, RFC 1928 §7. <c>Read</c>'s <c>consumed</c> is where the data begin.
/// <code>
/// +------+------+------+----------+----------+----------+
/// | RSV  | FRAG | ATYP | DST.ADDR | DST.PORT |   DATA   |
/// +------+------+------+----------+----------+----------+
/// |  2   |  1   |  1   | Variable |    2     | Variable |
/// +------+------+------+----------+----------+----------+
/// </code>
/// A datagram whose header is not <see cref="ReadStatus.Complete"/> is dropped in silence. <c>B21</c>: the draft calls RSV a FLAG;
/// whatever is not 0000 is dropped.
/// </summary>
/// <param name="Fragment">FRAG: 00 stands alone; 1–127 is a position, and bit 80 marks the last.</param>
public readonly record struct UdpHeader(byte Fragment, SocksEndpoint Destination) : ISocksMessage<UdpHeader>
{
    /// <summary>Octets before the data of a datagram from or to an IPv4 address.</summary>
    public const int Ipv4Length = 10;
    /// <summary>Octets before the data of a datagram from or to an IPv6 address (the RFC's 20 is an error).</summary>
    public const int Ipv6Length = 22;
    /// <summary>Octets before the data of a datagram from or to an ADDRESS ID.</summary>
    public const int IdLength = 10;
    public const int MaxLength = 3 + SocksEndpoint.MaxLength;

    /// <summary>The bit that marks the last fragment.</summary>
    public const byte LastFragment = 0x80;

    public int Length => 3 + Destination.Length;

    public bool StandsAlone => Fragment == 0;

    /// <summary>The position in a fragment sequence: 1 to 127.</summary>
    public int Position => Fragment & ~LastFragment;

    public bool IsLast => (Fragment & LastFragment) != 0;

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out UdpHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        if ((buffer.Length > 0 && buffer[0] != 0) || (buffer.Length > 1 && buffer[1] != 0)) return ReadStatus.ReservedNotZero;
        if (buffer.Length > 2 && buffer[2] == LastFragment) return ReadStatus.FragmentWithoutPosition;
        if (buffer.Length < 4) return ReadStatus.Incomplete;

        var status = SocksEndpoint.Read(buffer[3..], out var destination, out var length);
        if (status != ReadStatus.Complete) return status;

        header = new UdpHeader(buffer[2], destination);
        consumed = 3 + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, 0);
        destination[2] = Fragment;
        return 3 + Destination.Write(destination[3..]);
    }

    /// <summary>Writes the header so that it ends where the data begin, and says where it starts: the data are not moved.</summary>
    /// <param name="buffer">Room for the header, then the data.</param>
    /// <param name="dataStart">Where the data begin: at least <see cref="Length"/>.</param>
    public int WriteBefore(Span<byte> buffer, int dataStart)
    {
        var start = dataStart - Length;
        Write(buffer[start..dataStart]);
        return start;
    }

    /// <summary>
    /// Writes the header of a datagram that came from <paramref name="source"/>; as <see cref="WriteBefore(Span{byte}, int)"/>.
    /// </summary>
    public static int WriteBefore(Span<byte> buffer, int dataStart, LiteralEndpoint source)
    {
        var start = dataStart - (source.Address.IsIpv6 ? Ipv6Length : Ipv4Length);
        var header = buffer[start..dataStart];
        header[..3].Clear();
        header[3] = (byte)(source.Address.IsIpv6 ? AddressType.Ipv6 : AddressType.Ipv4);
        source.Address.Write(header[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[^2..], source.Port);
        return start;
    }

    /// <summary>Nothing: dropping is silent.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;
}
