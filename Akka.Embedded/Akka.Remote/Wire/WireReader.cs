using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Every length is checked against what is there.</summary>
/// <exception cref="WireException">From every method: the octets are not what was expected.</exception>
internal ref struct WireReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _rest = octets;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte() => Take(1)[0];

    public bool Boolean() => Byte() != 0;

    public uint UInt32()
    {
        var value = UInt64();
        return value <= uint.MaxValue ? (uint)value : throw new WireException("a number is too large");
    }

    public ulong UInt64()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var octet = Byte();
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
                return value;
        }

        throw new WireException("a number does not end");
    }

    public int Int32()
    {
        var value = UInt32();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    public long Int64()
    {
        var value = UInt64();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count of things that take at least one octet each, so that nobody can make us allocate more than was sent.</summary>
    public int Count()
    {
        var count = UInt32();
        return count <= (uint)_rest.Length ? (int)count : throw new WireException("a count is larger than the message");
    }

    public string Text() => Encoding.UTF8.GetString(Block());

    public ReadOnlySpan<byte> Block() => Take(Count());

    public ReadOnlySpan<byte> Take(int octets)
    {
        if (_rest.Length < octets)
            throw new WireException("the message is too short");
        var taken = _rest[..octets];
        _rest = _rest[octets..];
        return taken;
    }
}
