using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>A SOCKS server that does to each of its clients what the test says, right or wrong.</summary>
internal sealed class ScriptedHop : IDisposable
{
    private readonly TcpDestination _listener;
    private readonly ConcurrentQueue<SocksTestClient> _clients = new();
    private readonly ConcurrentQueue<SocksRequest> _requests = new();
    private readonly Func<ScriptedHop, SocksTestClient, Task> _script;

    /// <param name="address">Where it listens.</param>
    /// <param name="script">What it does with a client; afterwards it finishes when the client does.</param>
    public ScriptedHop(IPAddress address, Func<ScriptedHop, SocksTestClient, Task> script)
    {
        (_listener, _script) = (new TcpDestination(address), script);
        _ = ServeAsync();
    }

    public IPEndPoint Endpoint => _listener.Endpoint;

    /// <summary>How many clients have come.</summary>
    public int Clients => _clients.Count;

    /// <summary>What was asked of it, in order.</summary>
    public IReadOnlyCollection<SocksRequest> Requests => _requests;

    /// <summary>Says nothing.</summary>
    public static ScriptedHop Silent(IPAddress address) => new(address, (_, _) => Task.CompletedTask);

    /// <summary>Closes when it has been greeted.</summary>
    public static ScriptedHop BreakingOff(IPAddress address) => new(address, async (_, client) =>
    {
        await client.ReadAsync<MethodOffer>();
        client.Dispose();
    });

    /// <summary>Answers requests with <paramref name="replies"/>, one after the other, and sends <paramref name="behind"/> in one piece with the last.</summary>
    public static ScriptedHop Answering(IPAddress address, SocksReply[] replies, byte[]? behind = null) => new(address, async (hop, client) =>
    {
        await hop.TakeRequestAsync(client);
        await client.SendAsync((byte[])[.. replies.SelectMany(reply => reply.ToBytes()), .. behind ?? []]);
    });

    public static ScriptedHop Refusing(IPAddress address, ReplyCode code) => Answering(address, [SocksReply.Failure(code)]);

    /// <summary>The greeting without authentication and the request behind it.</summary>
    public async Task<SocksRequest> TakeRequestAsync(SocksTestClient client)
    {
        await client.ReadAsync<MethodOffer>();
        await client.SendAsync(new MethodChoice(AuthMethod.NoAuthentication));
        return await ReadRequestAsync(client);
    }

    /// <summary>One request, which is kept in <see cref="Requests"/>.</summary>
    public async Task<SocksRequest> ReadRequestAsync(SocksTestClient client)
    {
        var request = await client.ReadAsync<SocksRequest>();
        _requests.Enqueue(request);
        return request;
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _clients)
            client.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = SocksTestClient.Over(await _listener.AcceptAsync());
                _clients.Enqueue(client);
                _ = PlayAsync(client);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or TimeoutException)
        {
        }
    }

    private async Task PlayAsync(SocksTestClient client)
    {
        try
        {
            await _script(this, client);
            await client.ReadToEndAsync();
            client.Dispose();
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException or EndOfStreamException or TimeoutException)
        {
        }
    }
}
