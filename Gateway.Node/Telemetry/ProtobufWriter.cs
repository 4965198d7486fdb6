using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gateway.Node.Telemetry;

/// <summary>Writes the fields of a message in the Protocol Buffers wire format. Fields may come in any order; a default need not be written.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, Fixed64 = 1, Block = 2;

    private readonly ArrayBufferWriter<byte> _octets = new(256);

    public ReadOnlyMemory<byte> Octets => _octets.WrittenMemory;

    public void Whole(int field, long value)
    {
        Tag(field, Varint);
        WriteVarint((ulong)value);
    }

    public void Fixed(int field, ulong value)
    {
        Tag(field, Fixed64);
        BinaryPrimitives.WriteUInt64LittleEndian(_octets.GetSpan(8), value);
        _octets.Advance(8);
    }

    public void Fixed(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    public void Text(int field, string value)
    {
        Tag(field, Block);
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarint((ulong)length);
        _octets.Advance(Encoding.UTF8.GetBytes(value, _octets.GetSpan(length)));
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Block);
        WriteVarint((ulong)value.Length);
        _octets.Write(value);
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Bytes(field, message.Octets.Span);
    }

    /// <summary>A packed repeated field.</summary>
    public void Packed(int field, IReadOnlyList<ulong> values)
    {
        Tag(field, Block);
        WriteVarint((ulong)values.Count * 8);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_octets.GetSpan(8), value);
            _octets.Advance(8);
        }
    }

    private void Tag(int field, int type) => WriteVarint((ulong)(field << 3 | type));

    private void WriteVarint(ulong value)
    {
        var span = _octets.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        _octets.Advance(length);
    }
}
