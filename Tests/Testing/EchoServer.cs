using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>Sends back what it receives over TCP, and finishes when the client does. Serves until it is disposed of, however long nobody comes.</summary>
public sealed class EchoServer : IDisposable
{
    private readonly TcpDestination _destination;

    public EchoServer(IPAddress address)
    {
        _destination = new TcpDestination(address);
        _ = ServeAsync();
    }

    public IPEndPoint Endpoint => _destination.Endpoint;

    public void Dispose() => _destination.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = EchoAsync(await _destination.AcceptAsync(Timeout.InfiniteTimeSpan));
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task EchoAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[65536];
                while (await client.ReceiveAsync(buffer) is var received and > 0)
                    await client.WriteAsync(buffer.AsMemory(0, received));
            }
            catch (SocketException)
            {
            }
        }
    }
}
