using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Gateway.Protocol;

/// <summary>
/// DST.ADDR or BND.ADDR with its ATYP: an IPv4 address, a name, an IPv6 address (RFC 1928 §5) or an ADDRESS ID (<c>B1</c>).
/// <code>
/// ATYP 01: 4 octets    ATYP 03: length octet and name    ATYP 04: 16 octets    ATYP 08: CLASS, REALID(3)
/// </code>
/// Equality is that of the octets. The default value is no address and must not be written.
/// </summary>
public readonly record struct SocksAddress
{
    /// <summary>The longest: ATYP, a length octet, 255 octets of name.</summary>
    public const int MaxLength = 2 + CountedOctets.MaxCount;

    private readonly CountedOctets _octets;

    private SocksAddress(AddressType type, ReadOnlySpan<byte> octets) => (Type, _octets) = (type, new CountedOctets(octets));

    public AddressType Type { get; }

    /// <summary>Octets on the wire, ATYP included.</summary>
    public int Length => (Type == AddressType.DomainName ? 2 : 1) + _octets.Count;

    public bool IsName => Type == AddressType.DomainName;
    public bool IsIp => Type is AddressType.Ipv4 or AddressType.Ipv6;
    public bool IsId => Type == AddressType.AddressId;

    /// <summary>0.0.0.0 or ::.</summary>
    public bool IsUnspecified => TryGetIp(out var ip) && ip.IsUnspecified;

    /// <summary>
    /// DST.ADDR as it stands: 4 or 16 octets, the name without its length octet, or CLASS and REALID. A view into this value.
    /// </summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Octets => _octets.Span;

    public static implicit operator SocksAddress(IpLiteral ip) => From(ip);

    public static SocksAddress From(IpLiteral ip)
    {
        Span<byte> bytes = stackalloc byte[16];
        return new SocksAddress(ip.IsIpv6 ? AddressType.Ipv6 : AddressType.Ipv4, bytes[..ip.Write(bytes)]);
    }

    public static SocksAddress From(IPAddress address) => From(IpLiteral.From(address));

    public static SocksAddress From(AddressId id)
    {
        Span<byte> bytes = stackalloc byte[AddressId.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, id.RealId & AddressId.MaxRealId);
        return new SocksAddress(AddressType.AddressId, bytes);
    }

    /// <exception cref="ArgumentException">Not 1 to 255 octets of UTF-8, or a NUL among them.</exception>
    public static SocksAddress FromName(string name) => FromName(new CountedOctets(name).Span);

    /// <exception cref="ArgumentException">Not 1 to 255 octets, or a NUL among them.</exception>
    public static SocksAddress FromName(ReadOnlySpan<byte> name) => name.Length > 0 && !name.Contains((byte)0)
        ? new SocksAddress(AddressType.DomainName, name)
        : throw new ArgumentException("a name has 1 to 255 octets and no NUL", nameof(name));

    public bool TryGetIp(out IpLiteral ip)
    {
        ip = IsIp ? IpLiteral.FromOctets(Octets) : default;
        return IsIp;
    }

    public bool TryGetId(out AddressId id)
    {
        id = IsId ? new AddressId(BinaryPrimitives.ReadUInt32BigEndian(Octets)) : default;
        return IsId;
    }

    /// <summary>
    /// A literal that arrived as a name, as the literal it is: <c>192.0.2.1</c>, <c>2001:db8::1</c> or <c>[2001:db8::1]</c> inside ATYP 03
    /// (RFC 3089 §4). Every other address as it is.
    /// </summary>
    public SocksAddress LiteralIfNamed => IsName && IpLiteral.TryParse(_octets.ToString(), out var ip) ? From(ip) : this;

    /// <summary>Reads ATYP and address.</summary>
    internal static ReadStatus Read(ReadOnlySpan<byte> buffer, out SocksAddress address, out int consumed)
    {
        address = default;
        consumed = 0;
        if (buffer.Length == 0) return ReadStatus.Incomplete;
        var type = (AddressType)buffer[0];
        var rest = buffer[1..];
        int start = 0, length;
        switch (type)
        {
            case AddressType.Ipv4: length = 4; break;
            case AddressType.Ipv6: length = 16; break;
            case AddressType.AddressId: length = AddressId.Length; break;
            case AddressType.DomainName:
                if (rest.Length == 0) return ReadStatus.Incomplete;
                length = rest[0];
                start = 1;
                if (length == 0) return ReadStatus.EmptyName;
                break;
            default: return ReadStatus.UnsupportedAddressType;
        }
        if (rest.Length < start + length) return ReadStatus.Incomplete;
        var octets = rest.Slice(start, length);
        if (type == AddressType.DomainName && octets.Contains((byte)0)) return ReadStatus.NulInName;
        // Only once the ID is whole: the draft's other reading, an ID of one octet, is left to wait (B1).
        if (type == AddressType.AddressId && octets[0] != AddressId.Class) return ReadStatus.ReservedClass;

        address = new SocksAddress(type, octets);
        consumed = 1 + start + length;
        return ReadStatus.Complete;
    }

    internal int Write(Span<byte> destination)
    {
        destination[0] = (byte)Type;
        if (IsName) return 1 + _octets.Write(destination[1..]);
        Octets.CopyTo(destination[1..]);
        return Length;
    }

    /// <summary><c>192.0.2.1</c>, <c>2001:db8::1</c>, <c>example.com</c> or <c>id A1B2C3</c>; a name is read as UTF-8.</summary>
    public override string ToString() =>
        TryGetIp(out var ip) ? ip.ToString() : TryGetId(out var id) ? id.ToString() : _octets.ToString();
}
