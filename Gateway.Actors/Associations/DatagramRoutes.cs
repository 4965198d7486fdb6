using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Names;
using Gateway.Actors.Sessions;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>
/// From the destination in a datagram's header to the address it is sent to: literals are judged and remembered, IDs looked up and held,
/// names resolved while a few of their datagrams wait. Loop's thread only.
/// </summary>
internal sealed class DatagramRoutes(SessionServices services, AssociationTerms terms) : IDisposable
{
    /// <summary>Destinations remembered; beyond it all are judged anew, which costs time and nothing else.</summary>
    private const int MostKnown = 512;

    /// <summary>Names that are resolved at a time, and datagrams that wait for each: enough for a client's first burst.</summary>
    private const int MostPending = 64, MostWaiting = 16;

    /// <summary>How long a name's address is used before the resolver, which has lifetimes of its own, is asked again.</summary>
    private const long NameLifetime = 30_000;

    /// <summary>How long datagrams to a name without an address that can be used are dropped without asking again.</summary>
    private const long FailureLifetime = 1_000;

    private readonly HeldAddressIds _ids = new(services, terms.Identity);
    private readonly Dictionary<SocksEndpoint, Known> _known = [];
    private readonly Dictionary<SocksEndpoint, Pending> _pending = [];
    private SocksEndpoint _lastDestination;
    private Known _last;

    private FamilyWish Wish => terms.Leg?.Over ?? FamilyWish.Any;

    private readonly record struct Known(RouteKnowledge Knowledge, IpEndpoint Remote, long Until, string? Chain = null);

    private sealed class Pending(NameLookup lookup)
    {
        public NameLookup Lookup { get; } = lookup;

        public List<Action<RouteKnowledge, DatagramRoute>> Waiting { get; } = [];
    }

    /// <summary>The route, as far as it is known without resolving a name.</summary>
    public RouteKnowledge Find(in SocksEndpoint destination, out DatagramRoute route)
    {
        route = default;
        if (!TryName(destination, out var target, out var id))
            return RouteKnowledge.NoSuchId;
        if (!TryRecall(target, out var known))
            return RouteKnowledge.Unresolved;
        route = new DatagramRoute(known.Remote, id, known.Chain, target);
        return known.Knowledge;
    }

    /// <summary>Resolves the name of a destination that <see cref="Find"/> left unresolved, and tells the route, or why there is none.</summary>
    public void Resolve(SocksEndpoint destination, Action<RouteKnowledge, DatagramRoute> found)
    {
        if (!TryName(destination, out var target, out var id))
            found(RouteKnowledge.NoSuchId, default);
        else if (!MayAskFor(target))
            found(RouteKnowledge.NotAllowed, default);
        else if (Ask(target) is not { } pending || pending.Waiting.Count >= MostWaiting)
            found(RouteKnowledge.TooManyWait, default);
        else
            pending.Waiting.Add((knowledge, route) => found(knowledge, route with { Id = id }));
    }

    public void Dispose()
    {
        _ids.Release();
        foreach (var pending in _pending.Values)
            pending.Lookup.Cancel();
        _pending.Clear();
    }

    /// <summary>Puts what it stands for in an ID's place. False when the client has no such ID.</summary>
    private bool TryName(in SocksEndpoint destination, out SocksEndpoint target, out AddressId? id)
    {
        (target, id) = (destination with { Address = destination.Address.LiteralIfNamed }, null);
        if (!destination.Address.TryGetId(out var asked))
            return true;
        id = asked;
        if (!_ids.TryFind(asked, out var named))
            return false;
        target = new SocksEndpoint(named.LiteralIfNamed, destination.Port);
        return true;
    }

    private bool TryRecall(in SocksEndpoint target, out Known known)
    {
        if (target == _lastDestination && services.Loop.Milliseconds < _last.Until)
        {
            known = _last;
            return true;
        }
        if (!_known.TryGetValue(target, out known) || services.Loop.Milliseconds >= known.Until)
        {
            var isLiteral = target.Address.TryGetIp(out var ip);
            var decision = isLiteral && IsNextHop(ip) ? Decision.InnerLeg : services.Rules.Decide(terms.Identity, SocksCommand.UdpAssociate, target);
            if (decision is { IsAllowed: true, Route: { IsChain: true } route })
                known = new Known(BeyondChain(route.Via, target), default, long.MaxValue, route.Via);
            else if (isLiteral)
                known = new Known(decision.IsAllowed ? RouteKnowledge.Known : RouteKnowledge.NotAllowed, IpEndpoint.From(ip.Canonical, target.Port), long.MaxValue);
            else
                return false;
            Remember(target, known);
        }
        (_lastDestination, _last) = (target, known);
        return true;
    }

    /// <summary>Whether the chain's wish for a family can be kept. Members were told of it; others are not asked for each name.</summary>
    private RouteKnowledge BeyondChain(string name, in SocksEndpoint target)
    {
        var chain = services.Settings.Chains[name];
        var over = terms.Chain.Beyond(chain);
        var isKept = target.Address.TryGetIp(out var ip) ? over.Allows(ip.Canonical.Family) : over is not (FamilyWish.Ipv4 or FamilyWish.Ipv6) || chain.Hops[^1].Role is not null;
        return isKept ? RouteKnowledge.Known : RouteKnowledge.Unreachable;
    }

    /// <summary>The datagrams of a chain go to where a connection of the same chain goes.</summary>
    private bool IsNextHop(IpLiteral address) => terms.Leg is { } leg && services.InnerLegs.IsOpen(leg.Trace, address);

    private Known Remember(in SocksEndpoint target, Known known)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        return _known[target] = known;
    }

    /// <summary>Whether the rules let the client send to this name at all; its addresses are judged when they are known.</summary>
    private bool MayAskFor(in SocksEndpoint name) =>
        services.Rules.Decide(terms.Identity, SocksCommand.UdpAssociate, name).IsAllowed;

    private Pending? Ask(SocksEndpoint target)
    {
        if (_pending.TryGetValue(target, out var pending))
            return pending;
        if (_pending.Count >= MostPending)
            return null;
        var lookup = NameLookup.Start(services.Dialer.Resolver, services.Loop, target.Address.ToString(), Wish,
            resolved => Resolved(target, resolved.Addresses));
        return _pending[target] = new Pending(lookup);
    }

    /// <summary>The first address that the rules allow and the gateway can reach is used for all datagrams of the name.</summary>
    private void Resolved(SocksEndpoint target, IReadOnlyList<IpLiteral> addresses)
    {
        var allowed = addresses.Where(address => services.Rules.MayDial(terms.Identity, SocksCommand.UdpAssociate, target, address)).ToList();
        var reachable = services.Dialer.Reachable(allowed.Select(address => IpEndpoint.From(address, target.Port)), Wish);
        var known = reachable is [var best, ..]
            ? new Known(RouteKnowledge.Known, best, services.Loop.Milliseconds + NameLifetime)
            : new Known(allowed.Count == 0 && addresses.Count > 0 ? RouteKnowledge.NotAllowed : RouteKnowledge.Unreachable, default,
                services.Loop.Milliseconds + FailureLifetime);
        Remember(target, known);
        if (!_pending.Remove(target, out var pending))
            return;
        foreach (var waiting in pending.Waiting)
            waiting(known.Knowledge, new DatagramRoute(known.Remote, null));
    }
}
