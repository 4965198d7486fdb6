using Akka.Actor;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>CONNECT: judge, dial, reply, relay.</summary>
internal sealed partial class SessionActor
{
    private void Connect(Requested requested)
    {
        if (requested.Route is { IsChain: true })
        {
            ConnectThrough(requested);
            return;
        }
        var dial = _services.Dialer.Start(DialTarget(requested.Request), _events);
        Become(Connecting(requested, dial));
    }

    /// <summary>A literal was judged with the request; each address of a name is judged when it is known.</summary>
    private DialTarget DialTarget(in SocksRequest request)
    {
        var destination = request.Destination;
        return destination.Address.LiteralIfNamed.TryGetIp(out var ip)
            ? new DialTarget(IpEndpoint.From(ip, destination.Port)) { Over = _innerLeg is null ? Wish : FamilyWish.Any, Client = Identity.Client }
            : NameTarget(request);
    }

    private DialTarget NameTarget(SocksRequest request)
    {
        var (identity, rules, destination) = (Identity, _services.Rules, request.Destination);
        return new DialTarget(destination.Address.ToString(), destination.Port)
        {
            Over = Wish,
            Client = Identity.Client,
            Judge = address => rules.MayDial(identity, request.Command, request.Destination, address.Address),
        };
    }

    private Receive Connecting(Requested requested, Dial dial) => message =>
    {
        switch (message)
        {
            case Connected:
                OnConnected(requested, _events.TakeTarget()!);
                return true;
            case ConnectFailed failed:
                Refuse(requested, failed.Failure.Reply, failed.Failure.ToString());
                return true;
            case ClientClosed closed:
                dial.Cancel();
                End($"connect: the client left ({closed.Reason})");
                return true;
            default:
                return IsStale(message);
        }
    };

    private void OnConnected(Requested requested, Connection target)
    {
        _farSide = target;
        var request = requested.Request;
        Show(requested, request.Destination.Address, Bound(request, target.Local.ToLiteral()), shown =>
        {
            Reply(SocksReply.Success(shown));
            BeginRelay(target);
        }, target.Abort);
    }

    /// <summary>BND as this client can understand it; the gateway's own address is looked up only where it is shown (<c>B5</c>).</summary>
    private SocksEndpoint Bound(in SocksRequest request, LiteralEndpoint bound)
    {
        var sameFamily = bound.Address.Canonical.IsIpv6 == _client.Peer.Address.Canonical.IsIpv6;
        return ReplyAddress.Bound(bound, sameFamily ? bound.Address : _client.Local.Address, request.Flags);
    }

    private void BeginRelay(Connection target)
    {
        _relay = Relay.Start(_client, target, _events, _services.Relaying);
        Become(Relaying);
    }

    private bool Relaying(object message)
    {
        if (message is not RelayEnded ended)
            return IsStale(message);
        if (ended.Outcome.End == RelayEnd.Failed)
            _failure = SessionFailure.Relay;
        End($"relay: {ended.Outcome.Reason}");
        return true;
    }
}
