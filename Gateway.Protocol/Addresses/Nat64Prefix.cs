namespace Gateway.Protocol;

/// <summary>
/// A prefix under which a NAT64 shows IPv4 addresses as IPv6 ones, RFC 6052 §2.2.
/// <code>
/// PL 32 |  prefix   |   v4(32)  |u| suffix                |
/// PL 40 |  prefix     | v4(24)  |u|(8)| suffix            |
/// PL 48 |  prefix       | v4(16)|u|  (16)| suffix         |
/// PL 56 |  prefix         | (8) |u|   v4(24)| suffix      |
/// PL 64 |  prefix               |u|     v4(32)  | suffix  |
/// PL 96 |  prefix                               | v4(32)  |
/// </code>
/// The octet u (bits 64 to 71) is zero.
/// </summary>
public readonly record struct Nat64Prefix
{
    private const int ReservedOctet = 8;
    private static readonly int[] Lengths = [96, 64, 56, 48, 40, 32];

    private readonly IpLiteral _prefix;

    /// <exception cref="ArgumentException">Not an IPv6 address, a length that RFC 6052 does not have, or an octet u that is not
    /// zero.</exception>
    public Nat64Prefix(IpLiteral prefix, int length)
    {
        if (prefix.IsIpv4 || !Lengths.Contains(length))
            throw new ArgumentException("a NAT64 prefix is IPv6, of length 32, 40, 48, 56, 64 or 96");
        Length = length;
        _prefix = IpLiteral.Ipv6(prefix.Bits & Mask);
        Span<byte> octets = stackalloc byte[16];
        _prefix.Write(octets);
        if (octets[ReservedOctet] != 0) throw new ArgumentException("bits 64 to 71 of a NAT64 prefix are zero");
    }

    /// <summary>64:ff9b::/96, RFC 6052 §2.1.</summary>
    public static Nat64Prefix WellKnown { get; } = new(IpLiteral.Parse("64:ff9b::"), 96);

    /// <summary>Bits: 32, 40, 48, 56, 64 or 96.</summary>
    public int Length { get; }

    private UInt128 Mask => UInt128.MaxValue << (128 - Length);

    /// <summary>
    /// The prefix that made one of ipv4only.arpa's addresses (192.0.0.170 and .171) into <paramref name="synthesised"/>, RFC 7050 §3.
    /// </summary>
    public static bool TryDiscover(IpLiteral synthesised, out Nat64Prefix prefix)
    {
        prefix = default;
        if (synthesised.IsIpv4) return false;
        Span<byte> octets = stackalloc byte[16];
        synthesised.Write(octets);
        if (octets[ReservedOctet] != 0) return false;
        foreach (var length in Lengths)
        {
            if (Gather(octets, length) is not (0xC00000AA or 0xC00000AB)) continue;
            prefix = new Nat64Prefix(synthesised, length);
            return true;
        }
        return false;
    }

    /// <summary>The IPv6 address that stands for <paramref name="ipv4"/> behind this NAT64.</summary>
    public IpLiteral Embed(IpLiteral ipv4)
    {
        Span<byte> octets = stackalloc byte[16], address = stackalloc byte[4];
        _prefix.Write(octets);
        ipv4.Write(address);
        var at = Length / 8;
        foreach (var octet in address)
        {
            if (at == ReservedOctet) at++;
            octets[at++] = octet;
        }
        return IpLiteral.FromOctets(octets);
    }

    /// <summary>The IPv4 address inside <paramref name="address"/>; false when it is not under this prefix.</summary>
    public bool TryExtract(IpLiteral address, out IpLiteral ipv4)
    {
        ipv4 = default;
        if (address.IsIpv4 || (address.Bits & Mask) != _prefix.Bits) return false;
        Span<byte> octets = stackalloc byte[16];
        address.Write(octets);
        ipv4 = IpLiteral.Ipv4(Gather(octets, Length));
        return true;
    }

    private static uint Gather(ReadOnlySpan<byte> octets, int length)
    {
        var bits = 0u;
        for (int at = length / 8, taken = 0; taken < 4; at++)
        {
            if (at == ReservedOctet) continue;
            bits = bits << 8 | octets[at];
            taken++;
        }
        return bits;
    }

    /// <summary><c>64:ff9b::/96</c>.</summary>
    public override string ToString() => $"{_prefix}/{Length}";
}
