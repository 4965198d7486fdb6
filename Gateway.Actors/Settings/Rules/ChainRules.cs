using Gateway.Actors.Access;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
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
                context.Report($"{path}.hops", $"{chain.Hops.Count} hop{(chain.Hops.Count == 1 ? "" : "s")} and this gateway are more than max-hops = {settings.MaxHops}");
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
        // A warning, because gateways may share their settings.
        if (isFirst && hop.Gateways.Count > 0 && hop.Gateways.All(name => name == settings.Node.Name))
            context.Report($"{path}.gateways", $"nobody is left: {settings.Node.Name} is the name of this node (node.name), which is no hop of its own chains", Severity.Warning);
        foreach (var name in hop.Gateways)
        {
            if (settings.Gateways.TryGetValue(name, out var gateway))
            {
                CheckFamily(context, path, hop, name, gateway);
                CheckCircle(context, settings, path, name, gateway, isFirst);
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

    /// <summary>
    /// Behind the first hop a loopback address is that of the machine before, which may be this one again: a proxy beside this gateway is a hop like any other.
    /// </summary>
    private static void CheckCircle(ReadingContext context, GatewaySettings settings, string path, string name, GatewayServerSettings gateway, bool isFirst)
    {
        foreach (var (number, listener) in settings.Listeners.Index())
        {
            if (listener.Advertise is { } advertised && gateway.Address.TryGetLiteral(out var named) && advertised.Canonical == named.Canonical)
                Report(number, isSure: true);
            else if (LiteralsOf(gateway.Address).FirstOrDefault(address => OwnDoors.IsAt(listener.Address.Canonical, address.Canonical, MemberEndpoints.OfThisMachine)) is { Port: > 0 } found)
                Report(number, isSure: isFirst || !GuardedNetworks.Loopback(found.Address));
        }

        void Report(int number, bool isSure) => context.Report(
            $"{path}.gateways",
            isSure ? $"goes in circles: {name} at {gateway.Address} is this node itself (listeners[{number}])"
                : $"goes in circles if the hop before is on this machine: {name} at {gateway.Address} would be this node itself (listeners[{number}])",
            isSure ? Severity.Error : Severity.Warning);
    }

    /// <summary>localhost is loopback wherever it is asked for (RFC 6761 §6.3); other names are resolved when they are used.</summary>
    private static IEnumerable<LiteralEndpoint> LiteralsOf(SocksEndpoint address) =>
        address.TryGetLiteral(out var literal) ? [literal]
        : address.Address.ToString() is var name && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            ? [new(IpLiteral.Parse("127.0.0.1"), address.Port), new(IpLiteral.Parse("::1"), address.Port)]
        : [];

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
