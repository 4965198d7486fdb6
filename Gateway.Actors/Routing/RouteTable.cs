using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>The routes of the settings as an immutable value; the first that matches is the route. A question allocates nothing.</summary>
public sealed class RouteTable
{
    private readonly Route[] _routes;
    private readonly Nat64Prefix[] _nat64;

    public RouteTable(GatewaySettings settings)
    {
        _routes = [.. settings.Routes.Select((route, number) => new Route(route, number))];
        _nat64 = [.. settings.Egress.Nat64];
    }

    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>
    /// The first route for this client, command and destination; null when there is none. Networks match literals and the IPv4
    /// addresses inside them, patterns match names; a target that is still open, or about no port, matches what may come to match.
    /// </summary>
    public Route? Find(in Identity identity, RouteCommands command, Target target)
    {
        IpLiteral embedded = default;
        var hasEmbedded = target.HasAddress && TryFindEmbedded(target.Address, out embedded);
        foreach (var route in _routes)
            if (route.IsFor(identity, command) && Matches(route, target, hasEmbedded, embedded))
                return route;
        return null;
    }

    internal bool TryFindEmbedded(IpLiteral address, out IpLiteral embedded) => EmbeddedIpv4.TryFind(address, _nat64, out embedded);

    private static bool Matches(Route route, scoped in Target target, bool hasEmbedded, in IpLiteral embedded)
    {
        var to = route.To;
        if (target.IsOpen)
            return !route.IsReject || (to.IsAny && route.Ports.IsAll);
        return (target.Port is { } port ? route.Ports.Contains(port) : !route.IsReject || route.Ports.IsAll)
            && (to.IsAny
                || (target.Name.Length > 0 && to.ContainsName(target.Name))
                || (target.HasAddress && (to.ContainsAddress(target.Address) || (hasEmbedded && to.ContainsAddress(embedded)))));
    }
}
