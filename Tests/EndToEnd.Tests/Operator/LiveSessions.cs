using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Testing;

namespace Socks64Actors.EndToEnd.Tests.Operator;

/// <summary>Clients that talk with an echo server, a few kilobytes several times a second, and come again when their session ends.</summary>
internal sealed class LiveSessions : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly EchoServer[] _servers = [new(IPAddress.Loopback), new(IPAddress.IPv6Loopback)];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _talks = [];

    /// <summary>Where they go, over IPv4 and over IPv6.</summary>
    public IPEndPoint[] Destinations => [.. _servers.Select(server => server.Endpoint)];

    /// <summary>Where the gateway sees a client come from.</summary>
    public static string AddressOf(SocksTestClient client) => LiteralEndpoint.From((IPEndPoint)client.Socket.LocalEndPoint!).Canonical.ToString();

    /// <summary>Half of them to each family, by turns.</summary>
    public async Task AddAsync(LiteralEndpoint gateway, int count, int octets = 2000)
    {
        for (var i = 0; i < count; i++)
            _talks.Add(TalkAsync(await ConnectAsync(gateway, i), gateway, i, new byte[octets]));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_talks);
        foreach (var server in _servers)
            server.Dispose();
        _end.Dispose();
    }

    private async Task<SocksTestClient> ConnectAsync(LiteralEndpoint gateway, int number)
    {
        var client = await SocksTestClient.ConnectAsync(gateway);
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, _servers[number % 2].Endpoint)).Code);
        return client;
    }

    private async Task TalkAsync(SocksTestClient client, LiteralEndpoint gateway, int number, byte[] octets)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                while (true)
                {
                    await client.EchoAsync(octets);
                    await Task.Delay(Pause, _end.Token);
                }
            }
            catch (Exception ended) when (IsOrdinary(ended))
            {
                client.Dispose();
            }
            try
            {
                await Task.Delay(Pause, _end.Token);
                client = await ConnectAsync(gateway, number);
            }
            catch (Exception refused) when (IsOrdinary(refused) || refused is Xunit.Sdk.XunitException)
            {
                // Next time: a gateway of its chain may be gone, and the cluster not know yet.
            }
        }
        client.Dispose();
    }

    private static bool IsOrdinary(Exception failure) => failure is OperationCanceledException or SocketException or EndOfStreamException or TimeoutException or ObjectDisposedException;
}
