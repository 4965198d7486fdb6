using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>Connects to one of several addresses: RFC 8305 §4 and §5. The families take turns, and the first that connects is taken.</summary>
internal sealed class SocketRace(TimeProvider time, IReadOnlyList<IpLiteral> addresses, ushort port)
{
    /// <summary>RFC 8305 §8: the recommended Connection Attempt Delay.</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    private readonly List<Task<SocketChannel>> _attempts = [];

    /// <exception cref="SocketException">None connects: what the last one met.</exception>
    public async Task<SocketChannel> RunAsync(CancellationToken cancellation)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            SocketException? last = null;
            foreach (var address in Alternating())
            {
                _attempts.Add(ConnectAsync(address, race.Token));
                (var winner, last) = await NextAsync(Task.Delay(AttemptDelay, time, race.Token), last);
                if (winner is not null) return winner;
            }
            while (_attempts.Count > 0)
            {
                (var winner, last) = await NextAsync(null, last);
                if (winner is not null) return winner;
            }
            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }
        finally
        {
            await race.CancelAsync();
            foreach (var loser in _attempts)
                _ = DropAsync(loser);
        }
    }

    /// <summary>Waits until an attempt ends, or it is time for the next one.</summary>
    private async Task<(SocketChannel? Winner, SocketException? Failure)> NextAsync(Task? delay, SocketException? last)
    {
        var ended = await Task.WhenAny(delay is null ? _attempts : [.. _attempts, delay]);
        if (ended is not Task<SocketChannel> attempt) return (null, last);
        _attempts.Remove(attempt);
        try
        {
            return (await attempt, last);
        }
        catch (SocketException e)
        {
            return (null, e);
        }
    }

    private IEnumerable<IpLiteral> Alternating()
    {
        if (addresses.Count == 0) return [];
        var first = addresses[0].Family;
        return addresses.GroupBy(address => address.Family)
            .SelectMany(family => family.Select((address, place) => (address, place)))
            .OrderBy(entry => entry.place).ThenBy(entry => entry.address.Family != first)
            .Select(entry => entry.address);
    }

    private async Task<SocketChannel> ConnectAsync(IpLiteral address, CancellationToken cancellation)
    {
        var there = new LiteralEndpoint(address, port).ToIPEndPoint();
        var socket = new Socket(there.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(there, cancellation);
            return new SocketChannel(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task DropAsync(Task<SocketChannel> loser)
    {
        try
        {
            (await loser).Abort();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
        }
    }
}
