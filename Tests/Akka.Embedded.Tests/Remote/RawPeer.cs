using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remote;

/// <summary>A hand-made peer, which may say whatever it likes.</summary>
internal sealed class RawPeer : IDisposable
{
    private RawPeer(Socket socket)
    {
        Connection = new Connection(socket, 200_000);
        Socket = socket;
    }

    public Connection Connection { get; }

    public Socket Socket { get; }

    public static async Task<RawPeer> Connect(Address target)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(target.Host, target.Port!.Value);
        return new RawPeer(socket);
    }

    /// <summary>Connects and shakes hands in the name of <paramref name="self"/>.</summary>
    public static async Task<RawPeer> Associate(Address target, Address? self = null, int uid = 7, SharedSecret? secret = null)
    {
        var peer = await Connect(target);
        await Handshake.DialAsync(peer.Connection, self ?? new Address("akka.tcp", "raw", "127.0.0.1", 9), uid, target, secret, _ => false, default);
        return peer;
    }

    public ValueTask Send(params byte[] octets) => Connection.SendAsync(octets);

    public ValueTask SendFrame(FrameKind kind, Action<WireWriter> write)
    {
        var writer = new WireWriter();
        var start = writer.BeginFrame(kind);
        write(writer);
        writer.EndFrame(start);
        return Connection.SendAsync(writer.Written);
    }

    /// <summary>A message, with every name in full.</summary>
    public ValueTask SendMessage(string recipient, int serializer, string manifest, byte[] payload) => SendFrame(FrameKind.Message, writer =>
    {
        writer.UInt32(OutboundNames.Literal);
        writer.Text(recipient);
        writer.UInt32(OutboundNames.None);
        writer.Int32(serializer);
        writer.UInt32(OutboundNames.Literal);
        writer.Text(manifest);
        writer.Raw(payload);
    });

    /// <summary>Completes when the other side has closed or reset the connection, whatever it said before.</summary>
    public async Task Closed()
    {
        var buffer = new byte[4096];
        try
        {
            while (await Socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20)) > 0)
            {
            }
        }
        catch (SocketException)
        {
        }
    }

    public void Dispose() => Connection.Dispose();
}
