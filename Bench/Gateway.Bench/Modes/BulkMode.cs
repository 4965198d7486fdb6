using System.Net;
using System.Net.Sockets;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>As much as goes, one way, on some streams. Sender and receiver are blocking threads with 256 KiB buffers.</summary>
internal sealed class BulkMode(int streams, bool upload) : Mode
{
    public override string Name => (upload ? "upload-" : "bulk-") + streams;
    public override string Title => $"Bulk {(upload ? "client to target" : "target to client")}, {streams} stream(s)";
    public override string CostUnit => "s CPU/GB";
    public override string RateUnit => "Gbit/s";

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var plain = server.Spec.SpeaksSocks ? null : RunningServer.Start(server.Spec, Listen(listener), out _);
        if (plain is null)
            Listen(listener);
        using var owned = plain;
        var subject = plain ?? server;
        var target = IpEndpoint.From((IPEndPoint)listener.LocalEndPoint!);
        return Carry(subject, () => SocksDialogue.Connect(subject, target), listener, streams, upload, seconds);
    }

    /// <summary>What a server uses while streams between clients and the destination behind it carry as much as goes.</summary>
    /// <param name="subject">The server that is measured.</param>
    /// <param name="connect">A connection through it to <paramref name="listener"/>.</param>
    /// <param name="listener">The destination.</param>
    public static Measurement Carry(RunningServer subject, Func<Socket> connect, Socket listener, int streams, bool upload, double seconds)
    {
        long received = 0;
        var sockets = new List<Socket>();
        var threads = new List<Thread>();
        for (var i = 0; i < streams; i++)
        {
            var client = connect();
            var accepted = Arrival(client, listener);
            sockets.AddRange([client, accepted]);
            var (source, sink) = upload ? (client, accepted) : (accepted, client);
            threads.Add(new Thread(() => Send(source)));
            threads.Add(new Thread(() => Receive(sink, ref received)));
        }
        threads.ForEach(thread => thread.Start());
        Thread.Sleep(200);
        var result = During(subject, seconds, () => Volatile.Read(ref received), 1e9, 8e-9);
        sockets.ForEach(socket => socket.Close());
        threads.ForEach(thread => thread.Join());
        return result;
    }

    /// <summary>The other end of <paramref name="client"/>: not that of a connection which only looked whether the relay is there.</summary>
    private static Socket Arrival(Socket client, Socket listener)
    {
        client.Send([1]);
        while (true)
        {
            var accepted = listener.Accept();
            if (accepted.Receive(new byte[1]) == 1)
                return accepted;
            accepted.Dispose();
        }
    }

    private static ushort Listen(Socket listener)
    {
        if (!listener.IsBound)
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(64);
        }
        return (ushort)((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static void Send(Socket socket)
    {
        var octets = new byte[256 * 1024];
        try
        {
            while (true)
                socket.Send(octets);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }

    private static void Receive(Socket socket, ref long received)
    {
        var octets = new byte[256 * 1024];
        try
        {
            while (socket.Receive(octets) is var count and > 0)
                Interlocked.Add(ref received, count);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
        }
    }
}
