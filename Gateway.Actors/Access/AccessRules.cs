using Gateway.Actors.Routing;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>
/// Who may go where: the routes, and the guard around what remote clients must not reach by accident. An immutable value that
/// every session reads; a decision allocates nothing.
/// </summary>
/// <remarks>
/// The order of a connection: <see cref="Decide(in Identity, SocksCommand, in SocksEndpoint)"/> when the request is there; when the
/// destination is a name that this gateway dials, <see cref="MayDial"/> for each address it resolves to, and a refusal when none is
/// left. A BIND whose peer is open, or a UDP association, gets <see cref="DecideOpen"/> first, and <see cref="Decide(in Identity, SocksCommand, in SocksEndpoint)"/>
/// for each peer or destination as it becomes known.
/// </remarks>
public sealed class AccessRules(GatewaySettings settings)
{
    private readonly RouteTable _routes = new(settings);

    public RouteTable Routes => _routes;

    /// <summary>Whether this client may have <paramref name="command"/> for <paramref name="destination"/>, and by which route.</summary>
    /// <exception cref="ArgumentException">The destination is an ADDRESS ID.</exception>
    public Decision Decide(in Identity identity, SocksCommand command, in SocksEndpoint destination)
    {
        var address = destination.Address;
        return Judge(identity, RouteCommandOf.Of(command), Target.Of(address, PortOf(command, destination)));
    }

    /// <summary>Whether there is anything at all that this client may do with <paramref name="command"/>.</summary>
    public Decision DecideOpen(in Identity identity, SocksCommand command) =>
        Judge(identity, RouteCommandOf.Of(command), Target.Open);

    /// <summary>The chain that everything lies behind which this client may do with <paramref name="command"/>; null when there is more than one way.</summary>
    public string? OnlyChain(in Identity identity, SocksCommand command) => _routes.OnlyChain(identity, RouteCommandOf.Of(command));

    /// <summary>
    /// Whether this gateway may connect to <paramref name="resolved"/>, one of the addresses of the request's name: the same routes
    /// are asked about name and address together, and have to say direct.
    /// </summary>
    public bool MayDial(in Identity identity, SocksCommand command, in SocksEndpoint destination, IpLiteral resolved)
    {
        var address = destination.Address;
        var name = address.IsName ? address.Octets : default;
        var decision = Judge(identity, RouteCommandOf.Of(command), Target.Of(name, resolved, PortOf(command, destination)));
        return decision.IsAllowed && decision.Route!.IsDirect;
    }

    private static ushort? PortOf(SocksCommand command, in SocksEndpoint destination) =>
        RouteCommandOf.Of(command) == RouteCommands.AddressAssociate ? null : destination.Port;

    private Decision Judge(in Identity identity, RouteCommands command, Target target)
    {
        var route = _routes.Find(identity, command, target, out var embedded);
        if (route is null)
            return new(DecisionReason.NoRoute, null);
        if (route.IsReject)
            return new(DecisionReason.Rejected, route);
        return target.HasAddress && !identity.IsLocal && IsGuarded(route, target.Address, embedded)
            ? new(DecisionReason.Guarded, route)
            : new(DecisionReason.Allowed, route);
    }

    private static bool IsGuarded(Route route, IpLiteral address, IpLiteral? embedded) =>
        IsGuardedItself(route, address) || (embedded is { } inside && IsGuardedItself(route, inside));

    private static bool IsGuardedItself(Route route, IpLiteral address) =>
        GuardedNetworks.TryFind(address, out var block) && !route.Settings.To.Names(address, block);
}
