using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// A socket as a channel. While nobody listens it reads nothing, so what arrives waits in the kernel. After the handshake
/// <see cref="Take"/> gives the socket back, with the octets that were not consumed. On the thread of its <see cref="SocketNetwork"/> only,
/// and a handler leaves while it is called.
/// </summary>
internal sealed class SocketChannel : IChannel
{
    /// <summary>Octets that are kept: a handshake's answers are at most 262 octets long.</summary>
    private const int Room = 2048;

    private readonly Socket _socket;
    private readonly byte[] _received = new byte[Room];
    private readonly Queue<byte[]> _leaving = [];
    private IChannelHandler? _handler;
    private int _start, _end;
    private bool _isReading, _isBroken;

    public SocketChannel(Socket socket)
    {
        _socket = socket;
        Local = LiteralEndpoint.From((IPEndPoint)socket.LocalEndPoint!).Canonical;
        Peer = LiteralEndpoint.From((IPEndPoint)socket.RemoteEndPoint!).Canonical;
    }

    public LiteralEndpoint Local { get; }

    public LiteralEndpoint Peer { get; }

    public ReadOnlySpan<byte> Unread => _received.AsSpan(_start.._end);

    public IChannelHandler? Handler
    {
        get => _handler;
        set
        {
            _handler = value;
            if (value is not null && !_isReading) _ = ReadAsync();
        }
    }

    public void Consume(int count) => _start += count;

    public bool Send(ReadOnlySpan<byte> octets)
    {
        if (_isBroken) return false;
        _leaving.Enqueue(octets.ToArray());
        if (_leaving.Count == 1) _ = SendAsync();
        return true;
    }

    public void Abort()
    {
        _handler = null;
        _isBroken = true;
        _socket.Dispose();
    }

    /// <summary>The socket, for a stream or another owner; the channel hears and does nothing more.</summary>
    public Socket Take(out byte[] unread)
    {
        _handler = null;
        unread = Unread.ToArray();
        return _socket;
    }

    private async Task ReadAsync()
    {
        _isReading = true;
        await Task.Yield();
        if (_end > _start) _handler?.OnReadable(this);
        while (_handler is not null)
        {
            var (received, cause) = await ReceiveAsync();
            if (_handler is not { } handler) break;
            _end += received;
            if (received > 0)
            {
                handler.OnReadable(this);
                continue;
            }
            _handler = null;
            _isBroken = true;
            handler.OnEnded(this, cause);
        }
        _isReading = false;
    }

    private async ValueTask<(int Received, string Cause)> ReceiveAsync()
    {
        Unread.CopyTo(_received);
        (_start, _end) = (0, _end - _start);
        if (_end == Room) return (0, $"no whole answer in {Room} octets");
        try
        {
            return (await _socket.ReceiveAsync(_received.AsMemory(_end)), "closed");
        }
        catch (SocketException e)
        {
            return (0, e.Message);
        }
        catch (ObjectDisposedException)
        {
            return (0, "closed");
        }
    }

    /// <summary>A failure shows at the reading side, so that what had come before it is read first.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (_leaving.TryPeek(out var octets))
            {
                for (var sent = 0; sent < octets.Length;)
                    sent += await _socket.SendAsync(octets.AsMemory(sent));
                _leaving.Dequeue();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _isBroken = true;
        }
    }
}
