using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>The routes of the settings as an immutable value; the first that matches is the route. A question allocates nothing.</summary>
public sealed class RouteTable
{
    private readonly Route[] _routes;
    private readonly RouteCandidates _candidates;
    private readonly Nat64Prefix[] _nat64;

    public RouteTable(GatewaySettings settings)
    {
        _routes = [.. settings.Routes.Select((route, number) => new Route(route, number))];
        _candidates = new RouteCandidates(_routes);
        _nat64 = [.. settings.Egress.Nat64];
    }

    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>
    /// The first route for this client, command and destination; null when there is none. Networks match literals and the IPv4
    /// addresses inside them, patterns match names; a target that is still open, or about no port, matches what may come to match.
    /// </summary>
    /// <param name="identity">The client.</param>
    /// <param name="command">One command.</param>
    /// <param name="target">The destination.</param>
    /// <param name="embedded">The IPv4 address inside the target's, which the route was sought for too; null when there is none.</param>
    internal Route? Find(in Identity identity, RouteCommands command, scoped in Target target, out IpLiteral? embedded)
    {
        embedded = target.HasAddress && EmbeddedIpv4.TryFind(target.Address, _nat64, out var inside) ? inside : null;
        foreach (var route in _candidates.For(command, embedded is null ? target.Kinds : target.Kinds | DestinationKinds.Ipv4))
            if (Matches(route, target, embedded) && route.IsFor(identity))
                return route;
        return null;
    }

    /// <summary>The chain that lies before all that a client may do with a command; null when something goes another way, or nothing goes at all.</summary>
    internal string? OnlyChain(in Identity identity, RouteCommands command)
    {
        string? only = null;
        foreach (var route in _candidates.For(command, Target.Open.Kinds))
        {
            if (!route.IsFor(identity))
                continue;
            if (!route.IsReject && (!route.IsChain || (only ??= route.Via) != route.Via))
                return null;
            if (route.To.IsAny && route.Ports.IsAll)
                break;
        }
        return only;
    }

    private static bool Matches(Route route, scoped in Target target, in IpLiteral? embedded)
    {
        var to = route.To;
        if (target.IsOpen)
            return !route.IsReject || (to.IsAny && route.Ports.IsAll);
        return (target.Port is { } port ? route.Ports.Contains(port) : !route.IsReject || route.Ports.IsAll)
            && (to.IsAny
                || (target.Name.Length > 0 && to.ContainsName(target.Name))
                || (target.HasAddress && (to.ContainsAddress(target.Address) || (embedded is { } inside && to.ContainsAddress(inside)))));
    }
}
