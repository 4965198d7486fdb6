using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// The memory through which all datagrams of a loop pass, outside the managed heap: what one recvmmsg fills, and what the next sendmmsg
/// takes. Pages that no datagram has touched cost nothing.
/// </summary>
internal sealed unsafe class UdpBuffers : IDisposable
{
    private const int MaxDatagram = 65536;
    private const int Stride = UdpBatch.Headroom + MaxDatagram + 3776;
    private const int ArenaSize = 256 * 1024;

    private readonly byte* _memory, _arena;
    private readonly MultiMessage* _receive, _send;
    private readonly IoVector* _receiveVectors, _sendVectors;
    private readonly SockAddr* _sources, _destinations;
    private UdpSocket? _sender;
    private int _queued, _arenaUsed;

    public UdpBuffers()
    {
        const int count = UdpBatch.Capacity;
        _memory = (byte*)NativeMemory.AlignedAlloc(Stride * count, 4096);
        _arena = (byte*)NativeMemory.AlignedAlloc(ArenaSize, 4096);
        _receive = Allocate<MultiMessage>(count);
        _receiveVectors = Allocate<IoVector>(count);
        _sources = Allocate<SockAddr>(count);
        _send = Allocate<MultiMessage>(count);
        _sendVectors = Allocate<IoVector>(count);
        _destinations = Allocate<SockAddr>(count);
        for (var i = 0; i < count; i++)
        {
            _receiveVectors[i] = new IoVector { Base = _memory + i * Stride + UdpBatch.Headroom, Length = MaxDatagram };
            _receive[i].Header = new MessageHeader { Name = _sources + i, NameLength = SockAddr.Capacity, Vectors = _receiveVectors + i, VectorCount = 1 };
            _send[i].Header = new MessageHeader { Name = _destinations + i, Vectors = _sendVectors + i, VectorCount = 1 };
        }
    }

    /// <summary>Datagrams received from <paramref name="fd"/>, or -1.</summary>
    public int Receive(int fd)
    {
        var count = Libc.recvmmsg(fd, _receive, UdpBatch.Capacity, Sys.MSG_DONTWAIT, null);
        for (var i = 0; i < count; i++)
            _receive[i].Header.NameLength = SockAddr.Capacity;
        return count;
    }

    public IpEndpoint Source(int index) => _sources[index].Get();

    /// <summary>Number <paramref name="index"/> of the last batch, with the room in front of it.</summary>
    public Span<byte> Received(int index) => new(_memory + index * Stride, UdpBatch.Headroom + (int)_receive[index].Length);

    /// <summary>Queues octets that stay where they are until <see cref="Flush"/>.</summary>
    public void Queue(UdpSocket socket, Span<byte> octets, in IpEndpoint destination)
    {
        MakeRoom(socket, 0);
        ref var message = ref _send[_queued].Header;
        message.NameLength = _destinations[_queued].Set(destination);
        _sendVectors[_queued] = new IoVector { Base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets)), Length = (nuint)octets.Length };
        _queued++;
    }

    /// <summary>Queues a copy.</summary>
    public void QueueCopy(UdpSocket socket, ReadOnlySpan<byte> octets, in IpEndpoint destination)
    {
        MakeRoom(socket, octets.Length);
        var copy = new Span<byte>(_arena + _arenaUsed, octets.Length);
        octets.CopyTo(copy);
        Queue(socket, copy, destination);
        _arenaUsed += octets.Length;
    }

    /// <summary>Sends what is queued. A datagram that the kernel does not take is dropped, those behind it are not.</summary>
    public void Flush()
    {
        if (_sender is { } sender)
        {
            for (var done = 0; done < _queued;)
            {
                var sent = Libc.sendmmsg(sender.Descriptor, _send + done, (uint)(_queued - done), Sys.MSG_DONTWAIT);
                var errno = sent < 0 ? Libc.Error : 0;
                done += sender.CountSent(sent, errno, _queued - done);
            }
        }
        (_sender, _queued, _arenaUsed) = (null, 0, 0);
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.AlignedFree(_arena);
        NativeMemory.Free(_receive);
        NativeMemory.Free(_receiveVectors);
        NativeMemory.Free(_sources);
        NativeMemory.Free(_send);
        NativeMemory.Free(_sendVectors);
        NativeMemory.Free(_destinations);
    }

    /// <summary>One call of sendmmsg serves one socket, and takes what fits.</summary>
    private void MakeRoom(UdpSocket socket, int copied)
    {
        if (socket != _sender || _queued == UdpBatch.Capacity || _arenaUsed + copied > ArenaSize)
            Flush();
        _sender = socket;
    }

    private static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
