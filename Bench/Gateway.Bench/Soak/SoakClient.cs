using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>The client has been told to vanish, and has.</summary>
internal sealed class VanishedException : Exception;

/// <summary>A SOCKS client that may be killed after each of its steps.</summary>
/// <param name="gateway">Where the gateway listens.</param>
/// <param name="random">Decides who is killed when.</param>
/// <param name="mayVanish">False: it behaves to the end.</param>
/// <param name="opened">Its socket, which it closes; null for one of its own.</param>
/// <param name="patience">Whoever takes longer than that has failed; null for <see cref="Patience"/>.</param>
internal sealed class SoakClient(IPEndPoint gateway, Random random, bool mayVanish, Socket? opened = null, TimeSpan? patience = null) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);


    /// <summary>One of so many steps is the last.</summary>
    private const int VanishOneOf = 25;

    private readonly Socket _socket = opened ?? new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _patience = new(patience ?? Patience);
    private byte[] _unread = [];

    /// <summary>Cancelled when patience is over.</summary>
    public CancellationToken Limit => _patience.Token;

    /// <summary>The client's end, once it has connected.</summary>
    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Greeting, request, first reply.</summary>
    public async Task<SocksReply> AskAsync(SocksCommand command, SocksEndpoint destination)
    {
        await _socket.ConnectAsync(gateway, Limit);
        MaybeVanish();
        await SendAsync(MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes());
        MaybeVanish();
        await ReadAsync<MethodChoice>();
        await SendAsync(new SocksRequest(command, RequestFlags.None, destination).ToBytes());
        MaybeVanish();
        return await ReadAsync<SocksReply>();
    }

    public Task<SocksReply> AskAsync(SocksCommand command, IPEndPoint destination) => AskAsync(command, SocksEndpoint.From(destination));

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (!octets.IsEmpty)
            octets = octets[await _socket.SendAsync(octets, Limit)..];
    }

    public async Task<T> ReadAsync<T>() where T : struct, ISocksMessage<T>
    {
        T message;
        int consumed;
        while (!SocksMessage.TryRead(_unread, out message, out consumed))
        {
            var more = new byte[512];
            var count = await _socket.ReceiveAsync(more, Limit);
            _unread = [.. _unread, .. more[..(count > 0 ? count : throw new EndOfStreamException($"the gateway closed before its {typeof(T).Name}"))]];
        }
        _unread = _unread[consumed..];
        MaybeVanish();
        return message;
    }

    /// <summary>Sends <paramref name="length"/> octets of the pattern and receives them again, unharmed.</summary>
    public async Task EchoAsync(int length)
    {
        var sending = SendPatternAsync(length);
        await ReceivePatternAsync(length);
        await sending;
        MaybeVanish();
    }

    public async Task SendPatternAsync(int length)
    {
        for (var sent = 0; sent < length;)
            sent += await _socket.SendAsync(Pattern.At(sent, length - sent), Limit);
    }

    public async Task ReceivePatternAsync(int length)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var received = 0; received < length;)
            {
                var count = await _socket.ReceiveAsync(buffer.AsMemory(0, Math.Min(buffer.Length, length - received)), Limit);
                if (count == 0)
                    throw new EndOfStreamException($"ended after {received} of {length} octets");
                Pattern.MustMatch(buffer.AsSpan(0, count), received);
                received += count;
                // Most of the large ones shall arrive.
                if (random.Next(100) == 0)
                    MaybeVanish();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void MaybeVanish()
    {
        if (!mayVanish || random.Next(VanishOneOf) > 0)
            return;
        if (random.Next(2) == 0)
            _socket.LingerState = new LingerOption(true, 0);
        Dispose();
        throw new VanishedException();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _patience.Dispose();
    }
}
