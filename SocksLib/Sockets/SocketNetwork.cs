using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// An application's sockets and clock, for one chain setup. What happens on it happens one at a time, on threads of the pool, and no thread
/// waits: it is a scheduler, and whatever is awaited on it comes back to it.
/// </summary>
internal sealed class SocketNetwork(TimeProvider time) : INetwork
{
    private readonly TaskScheduler _oneAtATime = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    public long Milliseconds => (long)time.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Lets <paramref name="work"/> happen on the network, behind all that was posted before.</summary>
    public void Post(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _oneAtATime);

    public IPending Open(in SocksEndpoint server, FamilyWish over, IOpenHandler handler)
    {
        var pending = new Pending();
        _ = OpenAsync(server, over, handler, pending.Token);
        return pending;
    }

    public IPending Resolve(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved)
    {
        var pending = new Pending();
        _ = ResolveAsync(name, over, resolved, pending.Token);
        return pending;
    }

    public IPending Schedule(TimeSpan delay, Action due)
    {
        var pending = new Pending();
        _ = WaitAsync(delay, due, pending.Token);
        return pending;
    }

    private async Task OpenAsync(SocksEndpoint server, FamilyWish over, IOpenHandler handler, CancellationToken cancellation)
    {
        await Task.Yield();
        SocketChannel channel;
        try
        {
            var addresses = server.Address.LiteralIfNamed.TryGetIp(out var ip) ? [ip] : await LookUpAsync(server.Address.ToString(), over, cancellation);
            channel = await new SocketRace(time, addresses, server.Port).RunAsync(cancellation);
        }
        catch (SocketException e) when (!cancellation.IsCancellationRequested)
        {
            handler.OnOpenFailed(e.SocketErrorCode.Reply, $"connect {server}: {e.Message}");
            return;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return;
        }
        if (cancellation.IsCancellationRequested)
            channel.Abort();
        else
            handler.OnOpened(channel);
    }

    private static async Task ResolveAsync(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved, CancellationToken cancellation)
    {
        await Task.Yield();
        IReadOnlyList<IpLiteral> addresses;
        try
        {
            addresses = await LookUpAsync(name, over, cancellation);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            addresses = [];
        }
        if (!cancellation.IsCancellationRequested) resolved(addresses);
    }

    private async Task WaitAsync(TimeSpan delay, Action due, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            await Task.Delay(delay, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        if (!cancellation.IsCancellationRequested) due();
    }

    /// <exception cref="SocketException">The name has no address, or nobody knows.</exception>
    private static async Task<IReadOnlyList<IpLiteral>> LookUpAsync(string name, FamilyWish over, CancellationToken cancellation)
    {
        var family = over switch
        {
            FamilyWish.Ipv4 => AddressFamily.InterNetwork,
            FamilyWish.Ipv6 => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        try
        {
            var addresses = (await Dns.GetHostAddressesAsync(name, family, cancellation)).Select(address => IpLiteral.From(address).Canonical).Distinct();
            return over.Preferred == IpFamily.None ? [.. addresses] : [.. addresses.OrderBy(address => address.Family != over.Preferred)];
        }
        catch (ArgumentException)
        {
            // Too long for a name of the DNS, which SOCKS could carry.
            throw new SocketException((int)SocketError.HostNotFound);
        }
    }

    /// <summary>Cancelled on the network, so nothing comes of it afterwards.</summary>
    private sealed class Pending : IPending
    {
        private readonly CancellationTokenSource _cancellation = new();

        public CancellationToken Token => _cancellation.Token;

        public void Cancel() => _cancellation.Cancel();
    }
}
