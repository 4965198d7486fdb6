using Akka.Actor;
using Gateway.Actors.Binding;
using Gateway.Actors.Names;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>BIND: listen, first reply, wait for the peer, second reply, relay (RFC 1928 §4 and §6).</summary>
internal sealed partial class SessionActor
{
    /// <summary>DST says who may connect; unspecified leaves that to the access rules alone.</summary>
    private void Bind(Requested requested)
    {
        if (requested.Route is { IsChain: true })
        {
            BindThrough(requested);
            return;
        }
        // A client that waits for a peer sends nothing, so its FIN means that it has gone.
        _client.ResumeReading();
        var address = requested.Request.Destination.Address.LiteralIfNamed;
        if (address.IsName)
            ResolvePeer(requested, address.ToString());
        else
            Listen(requested, address.TryGetIp(out var ip) && !ip.IsUnspecified ? [ip.Canonical] : []);
    }

    private void ResolvePeer(Requested requested, string name)
    {
        var self = Self;
        var lookup = NameLookup.Start(_services.Dialer.Resolver, _services.Loop, name, Wish, Identity.Client,
            resolved => self.Tell(resolved));
        Become(ResolvingPeer(requested, lookup));
    }

    private Receive ResolvingPeer(Requested requested, NameLookup lookup) => message =>
    {
        switch (message)
        {
            case NameResolved { Addresses: [] }:
                Refuse(requested, ReplyCode.HostUnreachable, "bind: the name of the expected peer is not found");
                return true;
            case NameResolved resolved:
                Listen(requested, resolved.Addresses);
                return true;
            case ClientClosed or ClientFinished:
                lookup.Cancel();
                End("bind: the client left");
                return true;
            default:
                return IsStale(message);
        }
    };

    private void Listen(Requested requested, IReadOnlyList<IpLiteral> expected)
    {
        var egress = _services.Dialer.Options.Egress;
        var terms = new RendezvousTerms(egress.For(IpFamily.V4, Identity.Client), egress.For(IpFamily.V6, Identity.Client), MayCome(requested.Request, expected), _services.Settings.Timeouts.Bind);
        Context.ActorOf(RendezvousActor.Props(_services.Loop, terms, _events), "rendezvous");
        Become(OpeningRendezvous(requested, expected));
    }

    /// <summary>The peer must be one that the client named, if it named any, and one that the rules let in.</summary>
    private Func<LiteralEndpoint, bool> MayCome(SocksRequest request, IReadOnlyList<IpLiteral> expected)
    {
        var (identity, rules) = (Identity, _services.Rules);
        return expected.Count == 0
            ? peer => rules.Decide(identity, request.Command, new SocksEndpoint(peer.Address, peer.Port)).IsAllowed
            : peer => expected.Contains(peer.Address)
                && (!request.Destination.Address.IsName || rules.MayDial(identity, request.Command, request.Destination, peer.Address));
    }

    private Receive OpeningRendezvous(Requested requested, IReadOnlyList<IpLiteral> expected) => message =>
    {
        switch (message)
        {
            case RendezvousOpened opened when Shown(opened, expected) is { } bound:
                OnListening(requested, bound);
                return true;
            case RendezvousOpened:
                Refuse(requested, ReplyCode.NetworkUnreachable, "bind: no address of the expected peer's family");
                return true;
            case RendezvousFailed failed:
                Refuse(requested, ReplyCode.GeneralFailure, $"bind: {failed.Cause}");
                return true;
            default:
                return HasClientLeft(message, "bind") || IsStale(message);
        }
    };

    /// <summary><c>B10</c>: in the combined command the first reply carries the ID of DST, and the second that of the actual peer.</summary>
    private void OnListening(Requested requested, LiteralEndpoint bound)
    {
        var request = requested.Request;
        Show(requested, request.Destination.Address, ReplyAddress.Bound(bound, _client.Local.Address, request.Flags), shown =>
        {
            Reply(SocksReply.Success(shown));
            Become(AwaitingPeer(requested));
        });
    }

    private Receive AwaitingPeer(Requested requested) => message =>
    {
        switch (message)
        {
            case Connected:
                OnPeer(requested, _events.TakeTarget()!);
                return true;
            case PeerMissing:
                Refuse(requested, ReplyCode.TtlExpired, "bind: nobody came in time");
                return true;
            default:
                return HasClientLeft(message, "bind") || IsStale(message);
        }
    };

    private void OnPeer(Requested requested, Connection peer)
    {
        var who = peer.Peer.ToLiteral().Canonical;
        _farSide = peer;
        Show(requested, who.Address, ReplyAddress.Peer(who, _client.Local.Address, requested.Request.Flags), shown =>
        {
            Reply(SocksReply.Success(shown));
            BeginRelay(peer);
        }, peer.Abort);
    }

    /// <summary>
    /// The listening address that the expected peer can reach: of its family, and where the socket listens everywhere, the address that
    /// leads to it. Without an expected peer, the one of the client's family.
    /// </summary>
    private LiteralEndpoint? Shown(RendezvousOpened opened, IReadOnlyList<IpLiteral> expected)
    {
        var toward = expected.Count > 0 ? expected[0] : _client.Peer.Address.Canonical;
        if ((toward.IsIpv6 ? opened.Ipv6 : opened.Ipv4) is not { } bound)
            return null;
        if (expected.Count == 0 || !bound.Address.IsUnspecified)
            return bound;
        var source = Egress.SourceToward(IpEndpoint.From(toward, bound.Port));
        return source.Family == IpFamily.None ? null : bound with { Address = source.Address };
    }
}
