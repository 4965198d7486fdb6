using System.Net;
using System.Runtime.CompilerServices;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// Datagrams through gateways (RFC 1928 §7), to and from any number of hosts. When a gateway ends the association, the next send or receive
/// opens another, with failover; hosts then see a new source. Fragments are neither sent nor taken. Nothing is allocated for a datagram.
/// Any number of threads may send while one receives.
/// </summary>
public sealed class SocksUdpClient : IDisposable
{
    private const int LongestDatagram = 65_535;

    private readonly SocksClient _client;
    private readonly SocksEndpoint? _first;
    private readonly SemaphoreSlim _opening = new(1);
    private volatile UdpAssociation _association;
    private byte[]? _spare = new byte[LongestDatagram];
    private volatile bool _isDisposed;

    internal SocksUdpClient(SocksClient client, SocksEndpoint? first, UdpAssociation association) =>
        (_client, _first, _association) = (client, first, association);

    /// <summary>The servers on the way, in the order of travel.</summary>
    public IReadOnlyList<HopServer> Way => _association.Way;

    /// <summary>Octets that stand in front of the data for a destination, and are to be left room for (RFC 1928 §7).</summary>
    public int Overhead(SocksEndpoint destination) => _association.Overhead(destination);

    /// <summary>Sends a datagram to an address.</summary>
    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, SocksEndpoint, CancellationToken)"/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data, IPEndPoint destination, CancellationToken cancellation = default) =>
        SendAsync(data, SocksEndpoint.From(LiteralEndpoint.From(destination).Canonical), cancellation);

    /// <summary>
    /// Sends a datagram to an address, or to a name, which the gateway resolves. Make the endpoint of a name once
    /// (<see cref="SocksEndpoint.From(string, int)"/>). As ever with datagrams, nobody says whether it arrives.
    /// </summary>
    /// <exception cref="SocksException">The association was lost, and no gateway gives another.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The system refuses, for one because the datagram is too long.</exception>
    /// <exception cref="OperationCanceledException"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> data, SocksEndpoint destination, CancellationToken cancellation = default)
    {
        while (true)
        {
            var association = _association;
            if (association.IsLost) association = await ReopenAsync(cancellation).ConfigureAwait(false);
            var called = destination;
            while (!association.TryCall(ref called)) await association.AskAsync(destination.Address, cancellation).ConfigureAwait(false);
            if (await association.SendAsync(data, called, cancellation).ConfigureAwait(false)) return;
        }
    }

    /// <summary>Waits for the next datagram.</summary>
    /// <param name="buffer">For the data alone.</param>
    /// <exception cref="SocksException">The association was lost, and no gateway gives another.</exception>
    /// <exception cref="ObjectDisposedException"/>
    /// <exception cref="OperationCanceledException"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SocksDatagram> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        var octets = Interlocked.Exchange(ref _spare, null) ?? new byte[LongestDatagram];
        try
        {
            while (true)
            {
                var association = _association;
                if (association.IsLost) association = await ReopenAsync(cancellation).ConfigureAwait(false);
                var received = await association.ReceiveAsync(octets, cancellation).ConfigureAwait(false);
                if (received >= 0 && TryTake(association, octets.AsSpan(0, received), buffer.Span, out var datagram)) return datagram;
            }
        }
        finally
        {
            _spare = octets;
        }
    }

    /// <summary>Ends the association.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        // Either this thread sees an association that is just put in place, or the one that puts it there sees that it is too late.
        Interlocked.MemoryBarrier();
        _association.Dispose();
    }

    private static bool TryTake(UdpAssociation association, ReadOnlySpan<byte> octets, Span<byte> buffer, out SocksDatagram datagram)
    {
        var isWhole = association.TryRead(octets, out var source, out var data);
        var length = Math.Min(data.Length, buffer.Length);
        data[..length].CopyTo(buffer);
        datagram = new SocksDatagram(length, source, length < data.Length);
        return isWhole;
    }

    /// <summary>Another association in place of the lost one; whoever comes meanwhile waits for the same.</summary>
    private async Task<UdpAssociation> ReopenAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _opening.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_association.IsLost) return _association;
            _association = await UdpAssociation.OpenAsync(_client, _first, cancellation).ConfigureAwait(false);
            Interlocked.MemoryBarrier();
            if (_isDisposed) _association.Dispose();
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _association;
        }
        finally
        {
            _opening.Release();
        }
    }
}
