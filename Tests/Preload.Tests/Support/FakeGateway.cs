using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Preload.Tests.Support;

/// <summary>
/// A SOCKS5 server on loopback that plays the destination too: the name asked for says what shall happen, so that
/// the programs direct their own play. Port 80 speaks HTTP, port 53 DNS, every other port echoes.
/// </summary>
internal sealed class FakeGateway : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _life = new();

    public FakeGateway(bool ipv6 = false, string? login = null, bool expectsFlight = false)
    {
        Login = login;
        ExpectsFlight = expectsFlight;
        _listener = new TcpListener(ipv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0);
        _listener.Start(1024);
        _ = AcceptAsync();
    }

    /// <summary>As SOCKS64_GATEWAY wants it.</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>"user:password", or null for method 00.</summary>
    public string? Login { get; }

    /// <summary>Answers nothing before greeting, login and request have all arrived.</summary>
    public bool ExpectsFlight { get; }

    /// <summary>What was asked for, as "Connect echo.test:7".</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>One for each request to a "held" name that arrived.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    /// <summary>One for each that may be answered.</summary>
    public SemaphoreSlim Released { get; } = new(0);

    /// <summary>BIND requests that wait for a caller, the last one on top.</summary>
    public ConcurrentStack<TaskCompletionSource<IPEndPoint>> Listening { get; } = new();

    /// <summary>One for each BIND request that came to wait.</summary>
    public SemaphoreSlim Listened { get; } = new(0);

    public CancellationToken Life => _life.Token;

    public void Dispose()
    {
        _life.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(Life);
            }
            catch (Exception)
            {
                return;
            }
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await new FakeSession(this, client).RunAsync();
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                // The program went away, which many scenarios want.
            }
        }
    }
}
