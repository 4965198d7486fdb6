using System.Net;
using System.Net.Sockets;

namespace Gateway.Transport.Tests;

/// <summary>An accepted connection on a loop, and the client's blocking socket.</summary>
internal sealed class TcpPair(Connection connection, Socket peer) : IDisposable
{
    public Connection Connection => connection;

    public Socket Peer => peer;

    /// <summary>Connects over loopback; the connection has <paramref name="handler"/>, or none when it is null.</summary>
    public static async Task<TcpPair> Open(TestLoop loop, IConnectionHandler? handler = null)
    {
        var accepted = new Mailbox<Connection>();
        var listener = await loop.On(() => new Listener(
            loop.Loop, ListeningSocket.Open(IpEndpoint.LoopbackV4), new Acceptor(connection =>
            {
                connection.Handler = handler;
                accepted.Put(connection);
            })));
        var peer = ConnectTo(listener.Local);
        var connection = await accepted.Next();
        await loop.On(listener.Close);
        return new TcpPair(connection, peer);
    }

    public static Socket ConnectTo(IpEndpoint endpoint)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000 };
        socket.Connect(endpoint.ToIPEndPoint());
        return socket;
    }

    public static Socket Listen(IPAddress address, int backlog = 16, int port = 0)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, port));
        socket.Listen(backlog);
        return socket;
    }

    public void Dispose() => peer.Dispose();
}

/// <summary>Hands accepted connections to a delegate.</summary>
internal sealed class Acceptor(Action<Connection> accept) : IAcceptHandler
{
    public Mailbox<string> Pauses { get; } = new();

    public void OnAccepted(Listener listener, Connection connection) => accept(connection);

    public void OnPaused(Listener listener, int errno) => Pauses.Put($"paused {errno}");

    public void OnResumed(Listener listener) => Pauses.Put("resumed");
}

/// <summary>Reads of blocking sockets.</summary>
internal static class SocketReads
{
    /// <summary>Everything up to the end of the stream.</summary>
    public static byte[] ReadToEnd(this Socket socket)
    {
        var octets = new MemoryStream();
        var buffer = new byte[65536];
        while (socket.Receive(buffer) is var count and > 0)
            octets.Write(buffer, 0, count);
        return octets.ToArray();
    }

    public static byte[] Read(this Socket socket, int count)
    {
        var octets = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = socket.Receive(octets, read, count - read, SocketFlags.None);
            read += received > 0 ? received : throw new EndOfStreamException();
        }
        return octets;
    }
}
