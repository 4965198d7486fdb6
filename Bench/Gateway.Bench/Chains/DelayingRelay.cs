using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Gateway.Bench;

/// <summary>
/// A link of some length: a TCP relay that hands on each octet a fixed time after it came, in both directions. The far connection is opened when
/// the near one comes, so TCP's own handshakes take no time.
/// </summary>
internal sealed class DelayingRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _target;
    private readonly TimeSpan _delay;

    /// <param name="target">Where it leads.</param>
    /// <param name="delay">Each way.</param>
    public DelayingRelay(IPEndPoint target, TimeSpan delay)
    {
        (_target, _delay) = (target, delay);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _ = ServeAsync();
    }

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task CarryAsync(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            try
            {
                await far.ConnectAsync(_target);
                await Task.WhenAll(PassAsync(near, far), PassAsync(far, near));
            }
            catch (SocketException)
            {
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var under = Channel.CreateUnbounded<(long Sent, byte[] Octets)>();
        var delivering = DeliverAsync(under.Reader, to);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
                under.Writer.TryWrite((Stopwatch.GetTimestamp(), buffer[..count]));
        }
        finally
        {
            under.Writer.Complete();
        }
        await delivering;
    }

    private async Task DeliverAsync(ChannelReader<(long Sent, byte[] Octets)> under, Socket to)
    {
        await foreach (var (sent, octets) in under.ReadAllAsync())
        {
            if (_delay - Stopwatch.GetElapsedTime(sent) is var left && left > TimeSpan.Zero)
                await Task.Delay(left);
            for (var done = 0; done < octets.Length;)
                done += await to.SendAsync(octets.AsMemory(done));
        }
        to.Shutdown(SocketShutdown.Send);
    }
}
