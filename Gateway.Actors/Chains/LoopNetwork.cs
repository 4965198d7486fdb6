using Gateway.Actors.Names;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>The Socks Lib's sockets and clock on a gateway's loop. Its channels are <see cref="LoopChannel"/>s. Loop's thread only.</summary>
/// <param name="dialer">Makes the connections.</param>
/// <param name="client">For whom; null where it is for nobody.</param>
/// <param name="own">Where nothing is opened, because it would lead back to this gateway.</param>
public sealed class LoopNetwork(Dialer dialer, IpLiteral? client = null, OwnDoors? own = null) : INetwork
{
    public long Milliseconds => dialer.Loop.Milliseconds;

    public IPending Open(in SocksEndpoint server, FamilyWish over, IOpenHandler handler)
    {
        var target = server.Address.LiteralIfNamed.TryGetIp(out var ip)
            ? new DialTarget(IpEndpoint.From(ip.Canonical, server.Port))
            : new DialTarget(server.Address.ToString(), server.Port);
        return new Opening(dialer, target with { Over = over, Client = client }, own, handler);
    }

    public IPending Resolve(string name, FamilyWish over, Action<IReadOnlyList<IpLiteral>> resolved)
    {
        var lookup = NameLookup.Start(dialer.Resolver, dialer.Loop, name, over, client ?? default, answer => resolved(Ordered(answer.Addresses, over)));
        return new Pending(lookup.Cancel);
    }

    public IPending Schedule(TimeSpan delay, Action due) => new Pending(dialer.Loop.Schedule(delay, due).Cancel);

    /// <summary>
    /// IPv6 first, unless IPv4 is preferred; the lookup tells them as they come. Which of them this machine reaches says nothing of the hop that
    /// will connect.
    /// </summary>
    private static IReadOnlyList<IpLiteral> Ordered(IReadOnlyList<IpLiteral> addresses, FamilyWish over) =>
        [.. addresses.OrderBy(address => address.IsIpv6 == (over == FamilyWish.PreferIpv4))];

    private sealed class Pending(Action cancel) : IPending
    {
        public void Cancel() => cancel();
    }

    private sealed class Opening : IPending, IDialHandler
    {
        private readonly OwnDoors? _own;
        private readonly IOpenHandler _handler;
        private readonly Dial _dial;

        public Opening(Dialer dialer, in DialTarget target, OwnDoors? own, IOpenHandler handler)
        {
            (_own, _handler) = (own, handler);
            _dial = dialer.Start(target, this);
        }

        public void Cancel() => _dial.Cancel();

        void IDialHandler.OnConnected(Dial dial, Connection connection, int attempts)
        {
            var channel = new LoopChannel(connection);
            if (_own is null || !_own.AreBehind(channel))
            {
                _handler.OnOpened(channel);
                return;
            }
            channel.Abort();
            _handler.OnOpenFailed(ReplyCode.TtlExpired, $"connect {channel.Peer}: it is this gateway itself, and the chain would go in circles");
        }

        void IDialHandler.OnDialFailed(Dial dial, in DialFailure failure) => _handler.OnOpenFailed(failure.Reply, failure.ToString());
    }
}
