using System.Net.Security;
using System.Net.Sockets;

namespace Akka.Remote.Wire;

/// <summary>One TCP connection, plain or under TLS, with the frames read from it. One reader and one writer at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket;
    private SslStream? _tls;
    private int _closed;

    public Connection(Socket socket, int maximumFrame)
    {
        _socket = socket;
        Frames = new FrameBuffer(maximumFrame);
        Remote = socket.RemoteEndPoint?.ToString() ?? "unknown";
    }

    public FrameBuffer Frames { get; }

    /// <summary>The endpoint at the other side of the connection; for logs.</summary>
    public string Remote { get; }

    /// <summary>Puts TLS on it.</summary>
    public async Task SecureAsync(Func<SslStream, CancellationToken, Task> handshake, CancellationToken cancel)
    {
        _tls = new SslStream(new NetworkStream(_socket, ownsSocket: false));
        await handshake(_tls, cancel).ConfigureAwait(false);
    }

    /// <summary>Reads more octets into <see cref="Frames"/>. False: the other side has closed.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel = default)
    {
        var free = Frames.Free();
        var read = _tls is null
            ? await _socket.ReceiveAsync(free, SocketFlags.None, cancel).ConfigureAwait(false)
            : await _tls.ReadAsync(free, cancel).ConfigureAwait(false);
        Frames.Filled(read);
        return read > 0;
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancel = default)
    {
        if (_tls is not null)
        {
            await _tls.WriteAsync(octets, cancel).ConfigureAwait(false);
            return;
        }

        while (octets.Length > 0)
            octets = octets[await _socket.SendAsync(octets, SocketFlags.None, cancel).ConfigureAwait(false)..];
    }

    /// <summary>Ends the connection; whoever waits on it fails. Any thread, any number of times.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _socket.Dispose();
        _tls?.Dispose();
    }
}
