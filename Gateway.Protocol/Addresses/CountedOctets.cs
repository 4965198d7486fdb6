using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Gateway.Protocol;

/// <summary>
/// A length octet and up to 255 octets, kept in the value itself: the shape that methods, names, user names and passwords
/// have on the wire (RFC 1928 §3 and §5, RFC 1929 §2). 256 octets large: parse with it, then keep what you need of it.
/// </summary>
public readonly struct CountedOctets : IEquatable<CountedOctets>
{
    /// <summary>The most octets a length octet can count.</summary>
    public const int MaxCount = 255;

    private readonly byte _count;
    private readonly Storage _octets;

    /// <exception cref="ArgumentOutOfRangeException">More than 255 octets.</exception>
    public CountedOctets(ReadOnlySpan<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets.Length, MaxCount);
        _count = (byte)octets.Length;
        octets.CopyTo(_octets);
    }

    /// <summary>The UTF-8 octets of <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than 255 octets.</exception>
    public CountedOctets(string text) : this(Encoding.UTF8.GetBytes(text)) { }

    public int Count => _count;

    /// <summary>Octets on the wire, the length octet included.</summary>
    public int WireLength => 1 + _count;

    /// <summary>The octets, without the length octet; a view into this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_octets)[.._count];

    /// <summary>Reads a length octet and what it counts; false when that is not all there.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> buffer, out CountedOctets value)
    {
        if (buffer.Length == 0 || buffer.Length < 1 + buffer[0])
        {
            value = default;
            return false;
        }
        value = new CountedOctets(buffer.Slice(1, buffer[0]));
        return true;
    }

    internal int Write(Span<byte> destination)
    {
        destination[0] = _count;
        Span.CopyTo(destination[1..]);
        return WireLength;
    }

    public bool Equals(CountedOctets other) => Span.SequenceEqual(other.Span);
    public override bool Equals(object? obj) => obj is CountedOctets other && Equals(other);
    public static bool operator ==(CountedOctets left, CountedOctets right) => left.Equals(right);
    public static bool operator !=(CountedOctets left, CountedOctets right) => !left.Equals(right);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>The octets read as UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Span);

    [InlineArray(MaxCount)]
    private struct Storage
    {
        private byte first;
    }
}
