using System.Net;
using System.Net.Sockets;

namespace Gateway.Transport.Tests;

/// <summary>An endpoint that never answers: its backlog is full, so the kernel drops every further SYN.</summary>
internal sealed class BlackHole : IDisposable
{
    private readonly Socket _listener, _filler;

    public BlackHole(IPAddress address, int port = 0)
    {
        _listener = TcpPair.Listen(address, backlog: 0, port);
        Endpoint = IpEndpoint.From((IPEndPoint)_listener.LocalEndPoint!);
        _filler = TcpPair.ConnectTo(Endpoint);
    }

    public IpEndpoint Endpoint { get; }

    public void Dispose()
    {
        _filler.Dispose();
        _listener.Dispose();
    }
}
