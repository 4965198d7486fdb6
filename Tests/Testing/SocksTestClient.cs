using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Testing;

/// <summary>A SOCKS client that says exactly what the test wants said, message by message.</summary>
public sealed class SocksTestClient : IDisposable
{
    private readonly byte[] _buffer = new byte[1024];
    private int _filled;

    private SocksTestClient(Socket socket) => Socket = socket;

    /// <summary>Its connection. Octets behind a message that was read are in <see cref="ReadAsync(int)"/> and nowhere else.</summary>
    public Socket Socket { get; }

    public static async Task<SocksTestClient> ConnectAsync(LiteralEndpoint gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(gateway.ToIPEndPoint()).WaitAsync(Eventually.Patience);
        return new SocksTestClient(socket);
    }

    /// <summary>The same words over a connection that is there already: the server's side of one, for instance.</summary>
    public static SocksTestClient Over(Socket socket) => new(socket);

    public Task SendAsync(ReadOnlyMemory<byte> octets) => Socket.WriteAsync(octets);

    public Task SendAsync<T>(T message) where T : struct, ISocksMessage<T> => SendAsync(message.ToBytes());

    /// <summary>The next message.</summary>
    public async Task<T> ReadAsync<T>() where T : struct, ISocksMessage<T>
    {
        T message;
        int consumed;
        while (!SocksMessage.TryRead(_buffer.AsSpan(0, _filled), out message, out consumed))
        {
            var received = await Socket.ReceiveAsync(_buffer.AsMemory(_filled)).AsTask().WaitAsync(Eventually.Patience);
            _filled += received > 0 ? received : throw new EndOfStreamException($"finished in a {typeof(T).Name}, after {Convert.ToHexString(_buffer, 0, _filled)}");
        }
        Drop(consumed);
        return message;
    }

    /// <summary>Exactly <paramref name="count"/> octets.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var here = _buffer[..Math.Min(count, _filled)];
        Drop(here.Length);
        return [.. here, .. await Socket.ReadAsync(count - here.Length)];
    }

    /// <summary>All octets up to the gateway's FIN.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        var here = _buffer[.._filled];
        Drop(_filled);
        return [.. here, .. await Socket.ReadToEndAsync()];
    }

    /// <summary>Offers one method, and tells which one the gateway takes.</summary>
    public async Task<AuthMethod> GreetAsync(params AuthMethod[] methods)
    {
        await SendAsync(MethodOffer.Of(methods).ToBytes());
        return (await ReadAsync<MethodChoice>()).Method;
    }

    /// <summary>Greets with password and logs in.</summary>
    public async Task<bool> LogInAsync(string user, string password)
    {
        await GreetAsync(AuthMethod.Password);
        await SendAsync(new PasswordRequest(user, password).ToBytes());
        return (await ReadAsync<PasswordReply>()).IsAccepted;
    }

    /// <summary>One request after the greeting, and its reply.</summary>
    public async Task<SocksReply> RequestAsync(SocksCommand command, SocksEndpoint destination, RequestFlags flags = 0)
    {
        await SendAsync(new SocksRequest(command, flags, destination));
        return await ReadAsync<SocksReply>();
    }

    /// <summary>Greeting without authentication, request, reply.</summary>
    public async Task<SocksReply> AskAsync(SocksCommand command, SocksEndpoint destination, RequestFlags flags = 0)
    {
        await GreetAsync(AuthMethod.NoAuthentication);
        return await RequestAsync(command, destination, flags);
    }

    public Task<SocksReply> AskAsync(SocksCommand command, IPEndPoint destination, RequestFlags flags = 0) =>
        AskAsync(command, SocksEndpoint.From(destination), flags);

    /// <summary>Sends <paramref name="octets"/> and expects them back.</summary>
    public async Task EchoAsync(byte[] octets)
    {
        await SendAsync(octets);
        Xunit.Assert.Equal(octets, await ReadAsync(octets.Length));
    }

    public void Dispose() => Socket.Dispose();

    private void Drop(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }
}
