using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>Writes the fields of a member message; numbers in network order. <see cref="OctetReader"/> is its mirror.</summary>
internal sealed class OctetWriter
{
    private readonly ArrayBufferWriter<byte> _octets = new(256);

    public ReadOnlySpan<byte> Written => _octets.WrittenSpan;

    public void Byte(byte value) => _octets.Write([value]);

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_octets.GetSpan(4), value);
        _octets.Advance(4);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_octets.GetSpan(8), value);
        _octets.Advance(8);
    }

    /// <summary>At most 255 octets of UTF-8 behind their number.</summary>
    /// <exception cref="ArgumentException">More.</exception>
    public void Text(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        if (octets.Length > byte.MaxValue)
            throw new ArgumentException($"a text of {octets.Length} octets", nameof(text));
        Octets(octets);
    }

    /// <summary>At most 255 octets behind their number.</summary>
    public void Octets(ReadOnlySpan<byte> octets)
    {
        Byte(checked((byte)octets.Length));
        _octets.Write(octets);
    }

    /// <summary>Any octets behind their number, in four octets.</summary>
    public void Block(ReadOnlySpan<byte> octets)
    {
        Int32(octets.Length);
        _octets.Write(octets);
    }

    /// <summary>Its number of octets, 4 or 16, the address, and the port.</summary>
    public void Endpoint(LiteralEndpoint endpoint)
    {
        var address = endpoint.Address;
        Byte((byte)address.Length);
        _octets.Advance(address.Write(_octets.GetSpan(16)));
        Byte((byte)(endpoint.Port >> 8));
        Byte((byte)endpoint.Port);
    }

    /// <summary>The number of the items in one octet, and each of them; what is beyond 255 is left out.</summary>
    public void List<T>(IEnumerable<T> items, Action<T> write)
    {
        T[] taken = [.. items.Take(byte.MaxValue)];
        Byte((byte)taken.Length);
        foreach (var item in taken)
            write(item);
    }
}
