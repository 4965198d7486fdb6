using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>A TCP port that is taken and refuses everybody.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket;

    public ClosedPort(IPAddress address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint Endpoint => _socket.Here;

    public void Dispose() => _socket.Dispose();
}
