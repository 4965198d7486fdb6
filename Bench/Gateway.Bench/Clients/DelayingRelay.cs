using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gateway.Bench;

/// <summary>
/// A long way to a server: what either side sends arrives a while later. It counts how often the client has to wait, which no load on the
/// machine changes. The TCP handshake is not delayed.
/// </summary>
internal sealed class DelayingRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _server;
    private readonly TimeSpan _oneWay;
    private int _roundTrips;

    public DelayingRelay(IPEndPoint server, TimeSpan oneWay)
    {
        (_server, _oneWay) = (server, oneWay);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = ServeAsync();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>How often the server has answered something that was said since its last answer.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        var isAsked = new bool[1];
        try
        {
            await server.ConnectAsync(_server);
            await Task.WhenAll(CarryAsync(client, server, () => Volatile.Write(ref isAsked[0], true)), CarryAsync(server, client, () =>
            {
                if (Volatile.Read(ref isAsked[0])) Interlocked.Increment(ref _roundTrips);
                Volatile.Write(ref isAsked[0], false);
            }));
        }
        catch (SocketException)
        {
        }
        client.Dispose();
    }

    private async Task CarryAsync(Socket from, Socket to, Action heard)
    {
        var underWay = Channel.CreateUnbounded<(long Sent, byte[] Octets)>();
        var delivering = DeliverAsync(underWay.Reader, to, heard);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var received and > 0)
                underWay.Writer.TryWrite((Stopwatch.GetTimestamp(), buffer[..received]));
        }
        finally
        {
            underWay.Writer.Complete();
        }
        await delivering;
    }

    /// <summary>What follows close behind arrives close behind.</summary>
    private async Task DeliverAsync(ChannelReader<(long Sent, byte[] Octets)> underWay, Socket to, Action heard)
    {
        await foreach (var (sent, octets) in underWay.ReadAllAsync())
        {
            if (_oneWay - Stopwatch.GetElapsedTime(sent) is var left && left > TimeSpan.Zero)
                await Task.Delay(left);
            heard();
            for (var done = 0; done < octets.Length;)
                done += await to.SendAsync(octets.AsMemory(done));
        }
        to.Shutdown(SocketShutdown.Send);
    }
}
