using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>A listener at a gateway, for one connection (RFC 1928 §4, BIND). Not for several threads.</summary>
public sealed class SocksListener : IDisposable
{
    private readonly byte[] _received = new byte[4 * SocksReply.MaxLength];
    private readonly IReadOnlyList<ChainHop> _hops;
    private Socket? _socket;
    private int _filled;

    internal SocksListener(IReadOnlyList<ChainHop> hops, SocksReply first, Socket socket, byte[] early)
    {
        (_hops, _socket, _filled) = (hops, socket, early.Length);
        if (_received.Length < early.Length + SocksReply.MaxLength) Array.Resize(ref _received, early.Length + SocksReply.MaxLength);
        early.CopyTo(_received, 0);
        hops[^1].Server.Address.Address.TryGetIp(out var server);
        Endpoint = DatagramTunnel.RelayOf(first, server).ToIPEndPoint();
    }

    /// <summary>Where the gateway listens, for the peer to be told.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>
    /// Waits for the peer, who is <see cref="SocksStream.Bound"/> of the stream. When cancelled, the listener stays as it is, and can be
    /// waited on again.
    /// </summary>
    /// <exception cref="SocksException">Nobody came in the gateway's time, or the gateway has left.</exception>
    /// <exception cref="InvalidOperationException">The peer has come already.</exception>
    /// <exception cref="OperationCanceledException"/>
    public async Task<SocksStream> AcceptAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var socket = _socket ?? throw new InvalidOperationException("a listener takes one connection, and is closed then");
            if (TryReadReply(out var reply, out var consumed))
            {
                _socket = null;
                return new SocksStream(_hops, reply.Bound, socket, _received.AsMemory(consumed.._filled));
            }
            _filled += await ReceiveAsync(socket, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Ends listening; the connection that came lives on in its stream.</summary>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    /// <summary>The second reply: who came.</summary>
    private bool TryReadReply(out SocksReply reply, out int consumed)
    {
        var received = _received.AsSpan(0, _filled);
        var status = SocksReply.Read(received, out reply, out consumed);
        if (status.IsViolation || received is [SocksReply.Version, not (byte)ReplyCode.Succeeded, ..])
            throw Refusal(status.IsViolation ? ReplyCode.GeneralFailure : (ReplyCode)received[1], status.IsViolation ? status.Reason : ((ReplyCode)received[1]).Text);
        return status == ReadStatus.Complete;
    }

    private async Task<int> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        try
        {
            var received = await socket.ReceiveAsync(_received.AsMemory(_filled), cancellation).ConfigureAwait(false);
            return received > 0 ? received : throw Refusal(ReplyCode.GeneralFailure, "closed");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Refusal(ReplyCode.GeneralFailure, e.Message);
        }
    }

    private SocksException Refusal(ReplyCode code, string cause)
    {
        Dispose();
        return new SocksException(code, $"listening at {Endpoint}: {cause}");
    }
}
