using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Akka.Remote.Wire;

/// <summary>Writes numbers and texts one after the other into one growing buffer. Numbers are base-128, least significant group first.</summary>
internal sealed class WireWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    public byte[] ToArray() => _buffer.AsSpan(0, Length).ToArray();

    /// <summary>Forgets what was written behind <paramref name="length"/>, and a buffer that one large message has blown up.</summary>
    public void Truncate(int length = 0, int keepCapacity = int.MaxValue)
    {
        Length = length;
        if (length == 0 && _buffer.Length > keepCapacity)
            _buffer = new byte[keepCapacity];
    }

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[Length++] = value;
    }

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt32(uint value)
    {
        Reserve(5);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    public void UInt64(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    /// <summary>Zigzag: small numbers of either sign take few octets.</summary>
    public void Int32(int value) => UInt32((uint)((value << 1) ^ (value >> 31)));

    /// <summary>Zigzag: small numbers of either sign take few octets.</summary>
    public void Int64(long value) => UInt64((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Length in octets, then UTF-8.</summary>
    public void Text(string value)
    {
        var octets = Encoding.UTF8.GetByteCount(value);
        UInt32((uint)octets);
        Reserve(octets);
        Length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(Length));
    }

    /// <summary>Length, then the octets.</summary>
    public void Block(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        Raw(value);
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(Length));
        Length += value.Length;
    }

    /// <summary>Opens a frame: <c>LENGTH(4, little endian) KIND(1) …</c>. Returns where it starts.</summary>
    public int BeginFrame(FrameKind kind)
    {
        var start = Length;
        Reserve(5);
        Length += 4;
        _buffer[Length++] = (byte)kind;
        return start;
    }

    /// <summary>Fills in the length of the frame that started there.</summary>
    public void EndFrame(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start), Length - start - 4);

    private void Reserve(int octets)
    {
        if (_buffer.Length - Length < octets)
            Array.Resize(ref _buffer, (int)BitOperations.RoundUpToPowerOf2((uint)(Length + octets)));
    }
}
