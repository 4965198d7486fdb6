using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>A TCP server whose every word the test says.</summary>
public sealed class TcpDestination : IDisposable
{
    private readonly Socket _listener;

    public TcpDestination(IPAddress address)
    {
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
    }

    public IPEndPoint Endpoint => _listener.Here;

    /// <summary>The next client.</summary>
    /// <param name="patience">How long one is waited for; <see cref="Eventually.Patience"/> when absent.</param>
    /// <exception cref="TimeoutException">Nobody came.</exception>
    public async Task<Socket> AcceptAsync(TimeSpan? patience = null)
    {
        var socket = await _listener.AcceptAsync().WaitAsync(patience ?? Eventually.Patience);
        socket.NoDelay = true;
        return socket;
    }

    public void Dispose() => _listener.Dispose();
}
