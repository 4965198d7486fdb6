using System.Net;
using System.Net.Sockets;

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
        var buffer = new byte[4096];
        while (await from.ReceiveAsync(buffer) is var received and > 0)
        {
            await Task.Delay(_oneWay);
            heard();
            await to.SendAsync(buffer.AsMemory(0, received));
        }
        to.Shutdown(SocketShutdown.Send);
    }
}
