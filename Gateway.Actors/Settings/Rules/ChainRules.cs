using Gateway.Actors.Access;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Settings.Rules;

/// <summary>Chains, and the gateways, roles and families they count on.</summary>
internal static class ChainRules
{
    public static void Check(ReadingContext context, GatewaySettings settings, AkkaSection akka)
    {
        foreach (var (name, chain) in settings.Chains)
        {
            var path = KeyPath.Child("socks64.chains", name);
            foreach (var (number, hop) in chain.Hops.Index())
                CheckHop(context, settings, akka, $"{path}.hops[{number}]", hop, isFirst: number == 0);
            if (chain.Hops.Count >= settings.MaxHops)
                context.Report($"{path}.hops", $"{chain.Hops.Count} hops and this gateway are more than max-hops = {settings.MaxHops}");
            CheckDestination(context, settings, name, chain, path);
        }
    }

    private static void CheckHop(ReadingContext context, GatewaySettings settings, AkkaSection akka, string path, HopSettings hop, bool isFirst)
    {
        if (isFirst && !HasEgress(settings.Egress, hop.Over))
            context.Report($"{path}.over", $"this gateway has no source address for {Kebab.Of(hop.Over)} (egress)");
        if (hop.Role is { } role)
        {
            if (!NodeReader.IsName(role))
                context.Report($"{path}.role", $"\"{role}\" is not the name of a role");
            else if (!akka.IsCluster)
                context.Report($"{path}.role", $"nobody else can hold the role \"{role}\": no cluster is configured (akka.cluster.seed-nodes), and this node is no hop of its own chains");
        }
        foreach (var name in hop.Gateways)
        {
            if (settings.Gateways.TryGetValue(name, out var gateway))
            {
                CheckFamily(context, path, hop, name, gateway);
                CheckCircle(context, settings, path, name, gateway);
            }
            else if (!context.Source.Has(KeyPath.Child("socks64.gateways", name)))
                context.Report($"{path}.gateways", $"there is no gateway \"{name}\"{Spelling.Suggestion(name, settings.Gateways.Keys)}");
        }
    }

    private static void CheckFamily(ReadingContext context, string path, HopSettings hop, string name, GatewayServerSettings gateway)
    {
        if (gateway.Address.Address.TryGetIp(out var address) && !hop.Over.Allows(address.Family))
            context.Report($"{path}.gateways", $"{name} is at {gateway.Address}, which cannot be reached over {Kebab.Of(hop.Over)}");
    }

    private static void CheckCircle(ReadingContext context, GatewaySettings settings, string path, string name, GatewayServerSettings gateway)
    {
        if (!gateway.Address.TryGetLiteral(out var address))
            return;
        foreach (var (number, listener) in settings.Listeners.Index())
            if (listener.Advertise?.Canonical == address.Canonical || IsAt(listener.Address.Canonical, address.Canonical))
                context.Report($"{path}.gateways", $"goes in circles: {name} at {gateway.Address} is this node itself (listeners[{number}])");
    }

    /// <summary>A wildcard listens on this machine's own addresses; of those, loopback is known without looking.</summary>
    private static bool IsAt(LiteralEndpoint listener, LiteralEndpoint address) =>
        listener == address
        || (listener.Port == address.Port && listener.Address.IsUnspecified && GuardedNetworks.Loopback(address.Address)
            && (listener.Address.IsIpv6 || address.Address.IsIpv4));

    /// <summary>A name is resolved by the last hop, so a wish for the family of its address has to be understood there.</summary>
    private static void CheckDestination(ReadingContext context, GatewaySettings settings, string name, ChainSettings chain, string path)
    {
        if (chain.DestinationOver == FamilyWish.Any || chain.Hops is not [.., { Role: null } last])
            return;
        if (!settings.Routes.Any(route => route.Via == name && route.To.HoldsNames))
            return;
        var deaf = last.Gateways.Where(gateway => settings.Gateways.TryGetValue(gateway, out var server) && !server.AddressAssociate).ToList();
        if (deaf.Count > 0)
            context.Report(
                $"{path}.destination.over",
                $"{string.Join(" and ", deaf)} cannot be told which family a name should be reached over: say address-associate = on if it speaks that, or let a member be the last hop",
                chain.DestinationOver is FamilyWish.Ipv4 or FamilyWish.Ipv6 ? Severity.Error : Severity.Warning);
    }

    private static bool HasEgress(EgressSettings egress, FamilyWish over) => over switch
    {
        FamilyWish.Ipv4 => egress.Ipv4.Count > 0,
        FamilyWish.Ipv6 => egress.Ipv6.Count > 0,
        _ => true,
    };
}
