using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>The client's side of RFC 1928 with blocking sockets, for modes in which setup is not what is measured.</summary>
internal static class SocksDialogue
{
    public static byte[] Request(SocksCommand command, IpEndpoint destination) =>
        new SocksRequest(command, RequestFlags.None, destination.ToSocks()).ToBytes();

    /// <summary>A connection to <paramref name="destination"/> through the server, or to what a plain relay leads to.</summary>
    public static Socket Connect(RunningServer server, IpEndpoint destination)
    {
        var socket = Open(server);
        if (server.Spec.SpeaksSocks)
            Ask(socket, SocksCommand.Connect, destination);
        return socket;
    }

    /// <summary>A connection to <paramref name="destination"/> through the gateway that listens there.</summary>
    public static Socket Connect(IPEndPoint gateway, IpEndpoint destination)
    {
        var socket = Open(gateway);
        Ask(socket, SocksCommand.Connect, destination);
        return socket;
    }

    /// <summary>An association; its life is that of the socket.</summary>
    public static Socket Associate(RunningServer server, out IpEndpoint relay)
    {
        var socket = Open(server);
        relay = Ask(socket, SocksCommand.UdpAssociate, IpEndpoint.Unspecified(IpFamily.V4));
        return socket;
    }

    private static Socket Open(RunningServer server) => Open(new IPEndPoint(IPAddress.Loopback, server.Port));

    private static Socket Open(IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        return socket;
    }

    private static IpEndpoint Ask(Socket socket, SocksCommand command, IpEndpoint destination)
    {
        socket.Send([5, 1, 0]);
        Receive(socket, 2);
        socket.Send(Request(command, destination));
        SocksReply.TryRead(Receive(socket, 10), out var reply, out _);
        if (reply.Code != ReplyCode.Succeeded)
            throw new IOException($"the server answers {reply.Code}");
        reply.Bound.TryGetLiteral(out var bound);
        return IpEndpoint.From(bound);
    }

    private static byte[] Receive(Socket socket, int count)
    {
        var octets = new byte[count];
        for (var read = 0; read < count;)
        {
            var received = socket.Receive(octets, read, count - read, SocketFlags.None);
            read += received > 0 ? received : throw new IOException("the server closed");
        }
        return octets;
    }
}
