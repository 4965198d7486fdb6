using System.Buffers.Binary;

namespace Gateway.Protocol;

/// <summary>
/// The PROXY protocol, version 2 (HAProxy's specification, §2.2): what a trusted balancer in front of a listener says about the client,
/// before the greeting.
/// <code>
/// +-----------+---------+-----+-----+------------------------------+-------+
/// | SIGNATURE | VER|CMD | FAM | LEN | SRC.ADDR DST.ADDR SPORT DPORT | TLV…  |
/// +-----------+---------+-----+-----+------------------------------+-------+
/// |    12     |    1    |  1  |  2  |        12, 36 or 216         |       |
/// +-----------+---------+-----+-----+------------------------------+-------+
/// </code>
/// LEN octets are always skipped. Written as TCP over the family of the addresses.
/// </summary>
/// <param name="IsProxied">False for LOCAL, and for a PROXY whose addresses are of no IP family: the connection's own addresses
/// count.</param>
/// <param name="UniqueId">TLV 05 of a proxied connection, at most 128 octets; empty when there is none.</param>
public readonly record struct ProxyHeader(bool IsProxied, LiteralEndpoint Source, LiteralEndpoint Destination, CountedOctets UniqueId)
    : ISocksMessage<ProxyHeader>
{
    private const int FixedLength = 16, Ipv4Block = 12, Ipv6Block = 36, UnixBlock = 216, TlvHeader = 3;
    private const int MaxUniqueId = 128;
    private const byte Local = 0x20, Proxy = 0x21, Tcp4 = 0x11, Tcp6 = 0x21, UniqueIdType = 0x05;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    private bool IsIpv6 => Source.Address.IsIpv6 || Destination.Address.IsIpv6;
    private bool CarriesId => IsProxied && UniqueId.Count > 0;
    private int AddressLength => !IsProxied ? 0 : IsIpv6 ? Ipv6Block : Ipv4Block;

    public int Length => FixedLength + AddressLength + (CarriesId ? TlvHeader + UniqueId.Count : 0);

    public static ReadStatus Read(ReadOnlySpan<byte> buffer, out ProxyHeader header, out int consumed)
    {
        header = default;
        consumed = 0;
        var seen = Math.Min(buffer.Length, Signature.Length);
        if (!buffer[..seen].SequenceEqual(Signature[..seen])) return ReadStatus.MalformedProxyHeader;
        if (buffer.Length > 12 && buffer[12] is not (Local or Proxy)) return ReadStatus.MalformedProxyHeader;
        if (buffer.Length > 13 && BlockLength(buffer[13]) < 0) return ReadStatus.MalformedProxyHeader;
        if (buffer.Length < FixedLength) return ReadStatus.Incomplete;

        var isProxy = buffer[12] == Proxy;
        int length = BinaryPrimitives.ReadUInt16BigEndian(buffer[14..]), block = BlockLength(buffer[13]);
        if (isProxy && length < block) return ReadStatus.MalformedProxyHeader;
        if (buffer.Length < FixedLength + length) return ReadStatus.Incomplete;

        var body = buffer.Slice(FixedLength, length);
        if (isProxy)
        {
            if (!TryFindUniqueId(body[block..], out var uniqueId)) return ReadStatus.MalformedProxyHeader;
            header = block is Ipv4Block or Ipv6Block
                ? new ProxyHeader(true, ReadEndpoint(body, block, 0), ReadEndpoint(body, block, 1), uniqueId)
                : default;
        }
        consumed = FixedLength + length;
        return ReadStatus.Complete;
    }

    public int Write(Span<byte> destination)
    {
        Signature.CopyTo(destination);
        destination[12] = IsProxied ? Proxy : Local;
        destination[13] = !IsProxied ? (byte)0 : IsIpv6 ? Tcp6 : Tcp4;
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], (ushort)(Length - FixedLength));
        var at = FixedLength;
        if (IsProxied)
        {
            at += (IsIpv6 ? Source.Address.Mapped : Source.Address).Write(destination[at..]);
            at += (IsIpv6 ? Destination.Address.Mapped : Destination.Address).Write(destination[at..]);
            BinaryPrimitives.WriteUInt16BigEndian(destination[at..], Source.Port);
            BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], Destination.Port);
            at += 4;
        }
        if (!CarriesId) return at;
        destination[at] = UniqueIdType;
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 1)..], (ushort)UniqueId.Count);
        UniqueId.Span.CopyTo(destination[(at + TlvHeader)..]);
        return at + TlvHeader + UniqueId.Count;
    }

    /// <summary>Nothing: who was not announced properly is not spoken to.</summary>
    public static ReadOnlyMemory<byte> Owed(ReadStatus violation) => default;

    /// <summary>Octets of addresses that a family·transport has; -1 for one that the specification does not have.</summary>
    private static int BlockLength(byte family) => family switch
    {
        0x00 => 0,
        0x11 or 0x12 => Ipv4Block,
        0x21 or 0x22 => Ipv6Block,
        0x31 or 0x32 => UnixBlock,
        _ => -1,
    };

    private static LiteralEndpoint ReadEndpoint(ReadOnlySpan<byte> body, int block, int which)
    {
        var length = (block - 4) / 2;
        var port = BinaryPrimitives.ReadUInt16BigEndian(body[(2 * length + 2 * which)..]);
        return new LiteralEndpoint(IpLiteral.FromOctets(body.Slice(which * length, length)), port);
    }

    private static bool TryFindUniqueId(ReadOnlySpan<byte> tlvs, out CountedOctets uniqueId)
    {
        uniqueId = default;
        while (tlvs.Length > 0)
        {
            if (tlvs.Length < TlvHeader) return false;
            int type = tlvs[0], length = BinaryPrimitives.ReadUInt16BigEndian(tlvs[1..]);
            if (tlvs.Length < TlvHeader + length) return false;
            if (type == UniqueIdType)
            {
                if (length > MaxUniqueId) return false;
                uniqueId = new CountedOctets(tlvs.Slice(TlvHeader, length));
            }
            tlvs = tlvs[(TlvHeader + length)..];
        }
        return true;
    }
}
