using System.Net;
using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>A web server that has nothing to say: any request is answered and the connection closed.</summary>
internal sealed class PageTarget : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public PageTarget()
    {
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
                _ = AnswerAsync(await _listener.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task AnswerAsync(Socket client)
    {
        using (client)
        {
            if (await client.ReceiveAsync(new byte[4096]) > 0)
                await client.SendAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            client.Shutdown(SocketShutdown.Send);
        }
    }
}
