using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Names;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>
/// From the destination in a datagram's header to the address it is sent to: literals are judged and remembered, IDs looked up and held,
/// names resolved while a few of their datagrams wait. A name behind a chain travels as a name, unless its family is a contract that
/// the last hop has not heard of; then that one is asked for an address. Loop's thread only.
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

    /// <param name="Target">What the last hop of the chain shall read.</param>
    private readonly record struct Known(RouteKnowledge Knowledge, IpEndpoint Remote, long Until, string? Chain = null, SocksEndpoint Target = default)
    {
        public DatagramRoute Route(AddressId? id) => new(Remote, id, Chain, Target);
    }

    private sealed class Pending(Action cancel)
    {
        public Action Cancel { get; } = cancel;

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
        route = known.Route(id);
        return known.Knowledge;
    }

    /// <summary>Resolves the name of a destination that <see cref="Find"/> left unresolved, and tells the route, or why there is none.</summary>
    public void Resolve(SocksEndpoint destination, Action<RouteKnowledge, DatagramRoute> found)
    {
        if (!TryName(destination, out var target, out var id))
            found(RouteKnowledge.NoSuchId, default);
        else if (Decide(target) is not { IsAllowed: true } decision)
            found(RouteKnowledge.NotAllowed, default);
        else if (Ask(target, decision.Route!) is not { } pending || pending.Waiting.Count >= MostWaiting)
            found(RouteKnowledge.TooManyWait, default);
        else
            pending.Waiting.Add((knowledge, route) => found(knowledge, route with { Id = id }));
    }

    public void Dispose()
    {
        _ids.Release();
        foreach (var pending in _pending.Values)
            pending.Cancel();
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
        // A member's leave to send to a hop ends with its connection there, so it is never remembered.
        if (IsNextHop(target, out var hop))
        {
            known = new Known(RouteKnowledge.Known, IpEndpoint.From(hop), 0);
            return true;
        }
        if (target == _lastDestination && services.Loop.Milliseconds < _last.Until)
        {
            known = _last;
            return true;
        }
        if (!_known.TryGetValue(target, out known) || services.Loop.Milliseconds >= known.Until)
        {
            if (Judge(target) is not { } judged)
                return false;
            known = Remember(target, judged);
        }
        (_lastDestination, _last) = (target, known);
        return true;
    }

    /// <summary>The datagrams of a chain go to where a connection of the same chain goes.</summary>
    private bool IsNextHop(in SocksEndpoint target, out LiteralEndpoint hop)
    {
        hop = default;
        return terms.Leg is { } leg && target.TryGetLiteral(out hop) && services.InnerLegs.IsOpen(leg.Trace, (hop = hop.Canonical).Address);
    }

    /// <summary>Null when an address has to be found first.</summary>
    private Known? Judge(in SocksEndpoint target)
    {
        var decision = Decide(target);
        if (decision is { IsAllowed: true, Route: { IsChain: true } route })
            return target.Address.IsName && IsAskedBeyond(route.Via) ? null : new Known(BeyondChain(route.Via, target), default, long.MaxValue, route.Via, target);
        if (!target.Address.TryGetIp(out var ip))
            return null;
        var knowledge = !decision.IsAllowed ? RouteKnowledge.NotAllowed : Wish.Allows(ip.Canonical.Family) ? RouteKnowledge.Known : RouteKnowledge.Unreachable;
        return new Known(knowledge, IpEndpoint.From(ip.Canonical, target.Port), long.MaxValue);
    }

    /// <summary>Names are the last hop's, which goes by what it was told, or was asked for an address.</summary>
    private RouteKnowledge BeyondChain(string chain, in SocksEndpoint target) =>
        !target.Address.TryGetIp(out var ip) || Beyond(chain).Allows(ip.Canonical.Family) ? RouteKnowledge.Known : RouteKnowledge.Unreachable;

    private bool IsAskedBeyond(string chain) => Beyond(chain) is FamilyWish.Ipv4 or FamilyWish.Ipv6 && services.Settings.Chains[chain].Hops[^1].Role is null;

    private FamilyWish Beyond(string chain) => terms.Chain.Beyond(services.Settings.Chains[chain]);

    private Known Remember(in SocksEndpoint target, Known known)
    {
        if (_known.Count >= MostKnown)
            _known.Clear();
        return _known[target] = known;
    }

    /// <summary>A name's addresses are judged when they are known.</summary>
    private Decision Decide(in SocksEndpoint target) => services.Rules.Decide(terms.Identity, SocksCommand.UdpAssociate, target);

    private Pending? Ask(SocksEndpoint target, Route route)
    {
        if (_pending.TryGetValue(target, out var pending))
            return pending;
        return _pending.Count >= MostPending ? null : _pending[target] = new Pending(StartLookup(target, route));
    }

    /// <returns>What cancels it.</returns>
    private Action StartLookup(SocksEndpoint target, Route route)
    {
        if (route.IsChain)
            return BeyondLookup.Start(services, route.Via, terms.Chain, target.Address, Beyond(route.Via), told => Told(target, route.Via, told)).Cancel;
        return NameLookup.Start(services.Dialer.Resolver, services.Loop, target.Address.ToString(), Wish, terms.Identity.Client, resolved => Resolved(target, resolved.Addresses)).Cancel;
    }

    private void Told(SocksEndpoint name, string chain, IReadOnlyList<IpLiteral> told)
    {
        var addresses = told.Where(address => Beyond(chain).Allows(address.Family)).ToList();
        var known = addresses is [var best, ..]
            ? new Known(RouteKnowledge.Known, default, services.Loop.Milliseconds + NameLifetime, chain, new SocksEndpoint(SocksAddress.From(best), name.Port))
            : new Known(RouteKnowledge.Unreachable, default, services.Loop.Milliseconds + FailureLifetime);
        Found(name, known);
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
        Found(target, known);
    }

    private void Found(in SocksEndpoint target, in Known known)
    {
        Remember(target, known);
        if (!_pending.Remove(target, out var pending))
            return;
        foreach (var waiting in pending.Waiting)
            waiting(known.Knowledge, known.Route(null));
    }
}
