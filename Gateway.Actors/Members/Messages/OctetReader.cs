using System.Buffers.Binary;
using System.Text;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// Reads the fields of a member message and trusts none of them. Every method throws <see cref="FormatException"/> when the octets are
/// not what it reads.
/// </summary>
internal ref struct OctetReader(ReadOnlySpan<byte> octets)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = octets;

    public delegate T Reading<T>(ref OctetReader reader);

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new FormatException($"{other} is no flag"),
    };

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>Zero or more.</summary>
    public int Count() => Int32() is >= 0 and var count ? count : throw new FormatException("a negative number");

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public string Text()
    {
        var octets = Octets();
        try
        {
            return Strict.GetString(octets);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("not UTF-8", e);
        }
    }

    public byte[] Block() => Take(Count()).ToArray();

    /// <summary>As many octets as the one before them says.</summary>
    public ReadOnlySpan<byte> Octets() => Take(Byte());

    public LiteralEndpoint Endpoint()
    {
        var length = Byte();
        if (length is not (4 or 16))
            throw new FormatException($"an address of {length} octets");
        return new(IpLiteral.FromOctets(Take(length)), BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
    }

    public T[] List<T>(Reading<T> read)
    {
        var items = new T[Byte()];
        for (var i = 0; i < items.Length; i++)
            items[i] = read(ref this);
        return items;
    }

    /// <summary>Nothing may be left.</summary>
    public readonly void End()
    {
        if (_rest.Length > 0)
            throw new FormatException($"{_rest.Length} octets too many");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
            throw new FormatException("ends too early");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
