using System.Diagnostics;
using System.Net.Sockets;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Bench;

/// <summary>
/// One association that carries 100 Mbit/s in one direction, as <c>iperf3 -u</c> does, whatever the machine is busy with: a sender that was
/// late makes up for it. What does not arrive was lost on the way, for the receiver's buffer holds seconds of it.
/// </summary>
internal sealed class UdpStreamMode : Mode
{
    private const int Octets = 1_400, PerSecond = 100_000_000 / 8 / Octets;

    public override string Name => "udp-stream";
    public override string Title => $"UDP, {Octets}-octet datagrams at 100 Mbit/s, one way";
    public override string CostUnit => "us CPU/dgram";
    public override string RateUnit => "% lost";

    public override bool Suits(ServerSpec server) => server.Udp;

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var loop = new Loop(new LoopOptions { Name = "udp-sink-" });
        loop.Start();
        var sink = new Sink();
        var opened = new TaskCompletionSource<IpEndpoint>();
        loop.Post(() => opened.SetResult(UdpSocket.Open(loop, IpEndpoint.LoopbackV4, sink).Local));
        using var control = SocksDialogue.Associate(server, out var relay);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(relay.ToIPEndPoint());
        byte[] datagram = [.. new UdpHeader(0, opened.Task.Result.ToSocks()).ToBytes(), .. new byte[Octets]];

        var cpu = server.CpuSeconds;
        var sent = Send(socket, datagram, seconds);
        Thread.Sleep(500);
        cpu = server.CpuSeconds - cpu;
        var received = Volatile.Read(ref sink.Received);
        return new Measurement(cpu / received * 1e6, 100.0 * (sent - received) / sent);
    }

    private static long Send(Socket socket, byte[] datagram, double seconds)
    {
        var sent = 0L;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalSeconds < seconds; Thread.Sleep(1))
        {
            for (var due = (long)(watch.Elapsed.TotalSeconds * PerSecond); sent < due; sent++)
                socket.Send(datagram);
        }
        return sent;
    }

    private sealed class Sink : IUdpHandler
    {
        public long Received;

        public void OnReceived(UdpSocket socket, UdpBatch batch) => Received += batch.Count;
    }
}
