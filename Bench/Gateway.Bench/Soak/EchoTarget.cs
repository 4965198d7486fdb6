using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>A TCP echo server.</summary>
internal sealed class EchoTarget : IDisposable
{
    private readonly bool _isFickle;
    private readonly Socket _listener;

    /// <summary>On a free port of the loopback address.</summary>
    /// <param name="isFickle">Whether it resets some of its connections at a random moment.</param>
    public EchoTarget(bool isFickle) : this(isFickle, new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _ = ServeAsync();
    }

    /// <param name="listener">Listens already.</param>
    public EchoTarget(Socket listener) : this(isFickle: false, listener) => _ = ServeAsync();

    private EchoTarget(bool isFickle, Socket listener) => (_isFickle, _listener) = (isFickle, listener);

    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndPoint!;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = EchoAsync(await _listener.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task EchoAsync(Socket client)
    {
        using (client)
        {
            // At once, after some megabytes, or never.
            var left = !_isFickle ? int.MaxValue : Random.Shared.Next(4) switch { 0 => 0, 1 => Random.Shared.Next(4 << 20), _ => int.MaxValue };
            var buffer = new byte[16 * 1024];
            try
            {
                while (left > 0 && await client.ReceiveAsync(buffer) is var received and > 0)
                {
                    for (var sent = 0; sent < received;)
                        sent += await client.SendAsync(buffer.AsMemory(sent, received - sent));
                    left -= _isFickle ? received : 0;
                }
                if (left <= 0)
                    client.LingerState = new LingerOption(true, 0);
            }
            catch (SocketException)
            {
            }
        }
    }
}
