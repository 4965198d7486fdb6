using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// The octets from and to a destination. What it sent right behind the gateway's reply is read first. Reading and writing may go on at the
/// same time, and end one by one: <see cref="FinishWriting"/> ends the one, a read of 0 octets the other.
/// </summary>
public sealed class SocksStream : NetworkStream
{
    private ReadOnlyMemory<byte> _early;

    internal SocksStream(IReadOnlyList<ChainHop> hops, SocksEndpoint bound, Socket socket, ReadOnlyMemory<byte> early) : base(socket, ownsSocket: true) =>
        (Hops, Bound, _early) = (hops, bound, early);

    /// <summary>BND of the reply: for CONNECT the last server's own address towards the destination, for BIND that of the peer.</summary>
    public SocksEndpoint Bound { get; }

    /// <summary>The servers on the way, in the order of travel.</summary>
    public IReadOnlyList<ChainHop> Hops { get; }

    public override bool DataAvailable => !_early.IsEmpty || base.DataAvailable;

    /// <summary>Tells the destination that nothing more comes from here; what it sends can still be read.</summary>
    public void FinishWriting() => Socket.Shutdown(SocketShutdown.Send);

    public override int Read(Span<byte> buffer) => _early.IsEmpty ? base.Read(buffer) : TakeEarly(buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_early.IsEmpty) return base.ReadAsync(buffer, cancellationToken);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : new(TakeEarly(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int ReadByte()
    {
        Span<byte> octet = [0];
        return Read(octet) == 0 ? -1 : octet[0];
    }

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    private int TakeEarly(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _early.Length);
        _early.Span[..count].CopyTo(buffer);
        _early = _early[count..];
        return count;
    }
}
