using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>An endpoint that never answers: its backlog is full, so the kernel drops every further SYN.</summary>
public sealed class SilentDestination : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _filler = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SilentDestination()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        _filler.Connect(Endpoint);
    }

    public IPEndPoint Endpoint => _listener.Here;

    public void Dispose()
    {
        _filler.Dispose();
        _listener.Dispose();
    }
}
