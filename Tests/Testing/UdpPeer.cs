using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>A UDP socket of the test's own: a client's side, or a remote host.</summary>
public sealed class UdpPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];

    public UdpPeer(IPAddress address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
    }

    public IPEndPoint Endpoint => _socket.Here;

    public Task SendAsync(byte[] datagram, IPEndPoint to) => _socket.SendToAsync(datagram, to);

    /// <summary>The next datagram and its sender.</summary>
    public async Task<(byte[] Octets, IPEndPoint From)> ReceiveAsync()
    {
        var any = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var received = await _socket.ReceiveFromAsync(_buffer, any).WaitAsync(Eventually.Patience);
        return (_buffer[..received.ReceivedBytes], (IPEndPoint)received.RemoteEndPoint);
    }

    public void Dispose() => _socket.Dispose();
}
