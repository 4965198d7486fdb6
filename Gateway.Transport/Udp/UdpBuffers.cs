using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gateway.Transport.Linux;

namespace Gateway.Transport;

/// <summary>
/// The memory through which all datagrams of a loop pass, outside the managed heap: what one recvmmsg fills, and what the next sendmmsg
/// takes. Neighbours of one size to one destination leave as one message that the kernel cuts up (UDP_SEGMENT), so that they pass its
/// stack once. Pages that no datagram has touched cost nothing.
/// </summary>
internal sealed unsafe class UdpBuffers : IDisposable
{
    private const int MaxDatagram = 65536;
    private const int Stride = UdpBatch.Headroom + MaxDatagram + 3776;
    private const int ArenaSize = 256 * 1024;

    /// <summary>Octets that leave as one message at most: what IPv4 and IPv6 headers leave of 64 KiB, roundly.</summary>
    private const int MostTogether = 65_000;

    private readonly byte* _memory, _arena;
    private readonly MultiMessage* _receive, _send;
    private readonly IoVector* _receiveVectors, _sendVectors;
    private readonly SockAddr* _sources, _destinations;
    private readonly SegmentControl* _controls;
    private UdpSocket? _sender;
    private IpEndpoint _lastDestination;
    private int _queued, _messages, _lastTotal, _arenaUsed;
    private bool _lastIsOpen;

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
        _controls = Allocate<SegmentControl>(count);
        for (var i = 0; i < count; i++)
        {
            _receiveVectors[i] = new IoVector { Base = _memory + i * Stride + UdpBatch.Headroom, Length = MaxDatagram };
            _receive[i].Header = new MessageHeader { Name = _sources + i, NameLength = SockAddr.Capacity, Vectors = _receiveVectors + i, VectorCount = 1 };
            _send[i].Header = new MessageHeader { Name = _destinations + i };
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
        if (!TryJoin(socket, octets.Length, destination))
            Begin(octets.Length, destination);
        _sendVectors[_queued++] = new IoVector { Base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(octets)), Length = (nuint)octets.Length };
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
            for (var done = 0; done < _messages;)
                done += Send(sender, done);
        }
        (_sender, _queued, _messages, _arenaUsed, _lastIsOpen) = (null, 0, 0, 0, false);
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
        NativeMemory.Free(_controls);
    }

    /// <summary>One call of sendmmsg serves one socket, and takes what fits.</summary>
    private void MakeRoom(UdpSocket socket, int copied)
    {
        if (socket != _sender || _queued == UdpBatch.Capacity || _arenaUsed + copied > ArenaSize)
            Flush();
        _sender = socket;
    }

    /// <summary>Makes the datagram part of the message before it, if the kernel can tell them apart again: only the last may be shorter.</summary>
    private bool TryJoin(UdpSocket socket, int length, in IpEndpoint destination)
    {
        if (!_lastIsOpen || length == 0 || _lastTotal + length > MostTogether || destination != _lastDestination)
            return false;
        ref var message = ref _send[_messages - 1].Header;
        var control = _controls + (_messages - 1);
        var size = message.VectorCount == 1 ? (int)_sendVectors[_queued - 1].Length : control->Size;
        if (length > size || size > socket.LargestSegment)
            return false;
        if (message.VectorCount++ == 1)
        {
            *control = SegmentControl.Of((ushort)size);
            message.Control = control;
            message.ControlLength = SegmentControl.Length;
        }
        _lastTotal += length;
        _lastIsOpen = length == size;
        return true;
    }

    private void Begin(int length, in IpEndpoint destination)
    {
        ref var message = ref _send[_messages].Header;
        message.NameLength = _destinations[_messages++].Set(destination);
        message.Vectors = _sendVectors + _queued;
        message.Control = null;
        (message.VectorCount, message.ControlLength) = (1, 0);
        (_lastDestination, _lastTotal, _lastIsOpen) = (destination, length, length > 0);
    }

    /// <summary>Sends messages from number <paramref name="first"/> on; tells how many of them are settled.</summary>
    private int Send(UdpSocket sender, int first)
    {
        var sent = Libc.sendmmsg(sender.Descriptor, _send + first, (uint)(_messages - first), Sys.MSG_DONTWAIT);
        if (sent > 0)
        {
            sender.CountSent(Datagrams(first, sent));
            return sent;
        }
        var errno = Libc.Error;
        if (sender.MayTryAgain(errno))
            return 0;
        if (_send[first].Header.VectorCount > 1 && sender.LearnsFrom(errno, _controls[first].Size))
        {
            SendApart(sender, _send[first].Header);
            return 1;
        }
        var settled = errno == Errno.EAGAIN ? _messages - first : 1;
        sender.CountDropped(Datagrams(first, settled));
        return settled;
    }

    /// <summary>Where the kernel does not cut a message up (a device that cannot, a path that takes less), each datagram leaves by itself.</summary>
    private static void SendApart(UdpSocket sender, MessageHeader together)
    {
        var apart = new MultiMessage { Header = new() { Name = together.Name, NameLength = together.NameLength, VectorCount = 1 } };
        for (nuint i = 0; i < together.VectorCount;)
        {
            apart.Header.Vectors = together.Vectors + i;
            if (Libc.sendmmsg(sender.Descriptor, &apart, 1, Sys.MSG_DONTWAIT) > 0)
                sender.CountSent(1);
            else if (sender.MayTryAgain(Libc.Error))
                continue;
            else
                sender.CountDropped(1);
            i++;
        }
    }

    private int Datagrams(int first, int messages)
    {
        var count = 0;
        for (var i = first; i < first + messages; i++)
            count += (int)_send[i].Header.VectorCount;
        return count;
    }

    private static T* Allocate<T>(int count) where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
}
