using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Node.Resolving;

/// <summary>Asks one ADDRESS ASSOCIATE of a gateway, over a socket of its own: greeting, password when it is wanted, request, reply.</summary>
internal sealed class AddressAssociateClient(SocksEndpoint gateway, string? user, string? password)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly byte[] _buffer = new byte[1024];
    private int _filled;

    /// <exception cref="SocketException">The gateway cannot be reached.</exception>
    /// <exception cref="IOException">It closed the connection, or refused the login.</exception>
    /// <exception cref="ProtocolException">It does not speak SOCKS5.</exception>
    /// <exception cref="OperationCanceledException">It takes too long.</exception>
    public async Task<SocksReply> AskAsync(SocksRequest request, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(gateway.Address.ToString(), gateway.Port, limit.Token);
        await AuthenticateAsync(socket, limit.Token);
        await socket.SendAsync(request.ToBytes(), limit.Token);
        return await ReadAsync<SocksReply>(socket, limit.Token);
    }

    private async Task AuthenticateAsync(Socket socket, CancellationToken cancellation)
    {
        var wanted = user is null ? AuthMethod.NoAuthentication : AuthMethod.Password;
        await socket.SendAsync(MethodOffer.Of(wanted).ToBytes(), cancellation);
        var choice = await ReadAsync<MethodChoice>(socket, cancellation);
        if (choice.Method != wanted)
            throw new IOException(user is null ? "the gateway wants a login (--user)" : "the gateway takes no passwords here");
        if (user is null)
            return;
        await socket.SendAsync(new PasswordRequest(user, password ?? "").ToBytes(), cancellation);
        if (!(await ReadAsync<PasswordReply>(socket, cancellation)).IsAccepted)
            throw new IOException("the gateway refused the login");
    }

    private async Task<T> ReadAsync<T>(Socket socket, CancellationToken cancellation) where T : struct, ISocksMessage<T>
    {
        T message;
        int consumed;
        while (!SocksMessage.TryRead(_buffer.AsSpan(0, _filled), out message, out consumed))
        {
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellation);
            _filled += received > 0 ? received : throw new IOException("the gateway closed the connection");
        }
        _buffer.AsSpan(consumed, _filled - consumed).CopyTo(_buffer);
        _filled -= consumed;
        return message;
    }
}
