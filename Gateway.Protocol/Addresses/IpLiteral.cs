using System.Buffers.Binary;
using System.Net;

namespace Gateway.Protocol;

/// <summary>An IPv4 or IPv6 address as a value of 24 octets, without scope. The default is 0.0.0.0.</summary>
public readonly struct IpLiteral : IEquatable<IpLiteral>
{
    private readonly ulong _high, _low;

    private IpLiteral(bool ipv6, ulong high, ulong low) => (IsIpv6, _high, _low) = (ipv6, high, low);

    public static IpLiteral AnyIpv4 => default;
    public static IpLiteral AnyIpv6 => new(true, 0, 0);

    public bool IsIpv6 { get; }
    public bool IsIpv4 => !IsIpv6;
    public IpFamily Family => IsIpv6 ? IpFamily.V6 : IpFamily.V4;
    public bool IsUnspecified => (_high | _low) == 0;

    /// <summary>Octets: 4 or 16.</summary>
    public int Length => IsIpv6 ? 16 : 4;

    /// <summary>The address as a number, most significant octet first: 32 bits or 128.</summary>
    public UInt128 Bits => new(_high, _low);

    /// <summary>Whether this is <c>::ffff:a.b.c.d</c> (RFC 4291 §2.5.5.2).</summary>
    public bool IsMapped => IsIpv6 && _high == 0 && _low >> 32 == 0xFFFF;

    /// <summary>
    /// The IPv4 address inside <c>::ffff:a.b.c.d</c>, every other address as it is. Dual-stack sockets report clients mapped.
    /// </summary>
    public IpLiteral Canonical => IsMapped ? Ipv4((uint)_low) : this;

    /// <summary>
    /// Who is one client with this address: an IPv4 address, or the first of an IPv6 /64, because a host is given a whole one and can use every
    /// address of it.
    /// </summary>
    public IpLiteral ClientNetwork => Canonical is { IsIpv4: true } ipv4 ? ipv4 : new(true, _high, 0);

    /// <summary>An IPv4 address as <c>::ffff:a.b.c.d</c>, an IPv6 address as it is.</summary>
    public IpLiteral Mapped => IsIpv6 ? this : new(true, 0, 0xFFFF_0000_0000 | _low);

    public static IpLiteral Ipv4(uint bits) => new(false, 0, bits);

    public static IpLiteral Ipv6(UInt128 bits) => new(true, (ulong)(bits >> 64), (ulong)bits);

    /// <summary>From 4 or 16 octets in network order.</summary>
    /// <exception cref="ArgumentException">Another number of octets.</exception>
    public static IpLiteral FromOctets(ReadOnlySpan<byte> octets) => octets.Length switch
    {
        4 => new(false, 0, BinaryPrimitives.ReadUInt32BigEndian(octets)),
        16 => new(true, BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..])),
        _ => throw new ArgumentException("an address has 4 or 16 octets", nameof(octets)),
    };

    /// <summary>From the framework's address; a scope is lost.</summary>
    public static IpLiteral From(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var written);
        return FromOctets(octets[..written]);
    }

    /// <summary>
    /// Reads <c>192.0.2.1</c>, <c>2001:db8::1</c> and <c>[2001:db8::1]</c>, and nothing else: no <c>127.1</c>, no hexadecimal or octal
    /// quarter, no scope, no port.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out IpLiteral address)
    {
        address = default;
        if (text.Contains(':'))
        {
            if (text is ['[', .. var inner, ']']) text = inner;
            if (text.ContainsAny("[]%/") || !IPAddress.TryParse(text, out var parsed)) return false;
            address = From(parsed);
            return true;
        }
        if (!TryParseDottedQuad(text, out var bits)) return false;
        address = Ipv4(bits);
        return true;
    }

    /// <exception cref="FormatException">Not an address in the forms that <see cref="TryParse"/> reads.</exception>
    public static IpLiteral Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IPv4 or IPv6 address");

    /// <summary>Writes 4 or 16 octets in network order.</summary>
    public int Write(Span<byte> destination)
    {
        if (!IsIpv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    public IPAddress ToIPAddress()
    {
        Span<byte> octets = stackalloc byte[16];
        return new IPAddress(octets[..Write(octets)]);
    }

    public bool Equals(IpLiteral other) => _high == other._high && _low == other._low && IsIpv6 == other.IsIpv6;
    public override bool Equals(object? obj) => obj is IpLiteral other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(_high, _low, IsIpv6);
    public static bool operator ==(IpLiteral left, IpLiteral right) => left.Equals(right);
    public static bool operator !=(IpLiteral left, IpLiteral right) => !left.Equals(right);

    /// <summary>RFC 5952: <c>192.0.2.1</c> or <c>2001:db8::1</c>, without brackets.</summary>
    public override string ToString() => ToIPAddress().ToString();

    private static bool TryParseDottedQuad(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        var quarters = 0;
        foreach (var part in text.Split('.'))
        {
            var digits = text[part];
            if (++quarters > 4 || digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')) return false;
            var value = 0u;
            foreach (var digit in digits)
            {
                if (!char.IsAsciiDigit(digit)) return false;
                value = value * 10 + (uint)(digit - '0');
            }
            if (value > 255) return false;
            bits = bits << 8 | value;
        }
        return quarters == 4;
    }
}
