using System.Buffers.Binary;

namespace Akka.Remote.Wire;

/// <summary>
/// Collects octets and cuts them into frames. It never holds more than one frame of the permitted size, or one read's worth of
/// smaller ones.
/// </summary>
internal sealed class FrameBuffer(int maximumFrame)
{
    private const int HeaderSize = 4;
    private byte[] _buffer = new byte[Math.Min(512, maximumFrame + HeaderSize)];
    private int _start;
    private int _end;

    /// <summary>Widens the permitted size and the reads, once the peer is known.</summary>
    public void Widen(int newMaximumFrame, int readSize)
    {
        maximumFrame = newMaximumFrame;
        if (_buffer.Length < readSize)
            Array.Resize(ref _buffer, readSize);
    }

    /// <summary>Room for the next octets; never empty.</summary>
    public Memory<byte> Free()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_start > 0 && _end == _buffer.Length)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, maximumFrame + HeaderSize));
        return _buffer.AsMemory(_end);
    }

    public void Filled(int octets) => _end += octets;

    /// <summary>False: not yet whole.</summary>
    /// <exception cref="WireException">The frame is longer than permitted, or empty.</exception>
    public bool TryTake(out FrameKind kind, out ReadOnlySpan<byte> body)
    {
        kind = default;
        body = default;
        if (_end - _start < HeaderSize)
            return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start));
        if (length == 0 || length > (uint)maximumFrame)
            throw new WireException($"a frame of {length} octets, where 1 to {maximumFrame} are allowed");
        if (_end - _start - HeaderSize < (int)length)
            return false;
        kind = (FrameKind)_buffer[_start + HeaderSize];
        body = _buffer.AsSpan(_start + HeaderSize + 1, (int)length - 1);
        _start += HeaderSize + (int)length;
        return true;
    }
}
