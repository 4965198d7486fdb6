using System.Collections.Immutable;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;

namespace Gateway.Actors.Chains;

/// <summary>A chain in words: its hops, who may serve as each, in which order, over which families, and why.</summary>
public static class ChainExplanation
{
    /// <summary>One line each.</summary>
    /// <param name="settings">Validated.</param>
    /// <param name="name">The chain's.</param>
    /// <param name="destination">Where a request goes.</param>
    /// <param name="topology">Who is in the cluster; null where only the settings are known.</param>
    /// <param name="ejected">Servers that the operator has taken out.</param>
    public static IEnumerable<string> Of(GatewaySettings settings, string name, SocksEndpoint destination, Topology? topology = null, ImmutableSortedSet<string>? ejected = null)
    {
        ejected ??= [];
        var chain = settings.Chains[name];
        yield return $"client → {settings.Node.Name} → {string.Concat(chain.Hops.Select(hop => $"({Family(hop.Over)}) {Pool(hop)} → "))}({Family(chain.DestinationOver)}) {destination}";
        foreach (var (number, hop) in chain.Hops.Index())
        {
            yield return $"hop {number + 1}: {Pool(hop)} over {Kebab.Of(hop.Over)}, {Order(hop.Pick)}";
            foreach (var line in hop.Role is { } role ? Members(role, hop, topology, ejected) : Gateways(settings, hop, ejected))
                yield return $"  {line}";
        }
        foreach (var line in Destination(settings, chain, destination.Address.LiteralIfNamed))
            yield return line;
        yield return $"setup-timeout {Seconds(chain.SetupTimeout)}, hedge-after {(chain.HedgeAfter is { } patience ? Seconds(patience) : "off")}; legs that failed lately come last";
    }

    private static string Pool(HopSettings hop) => hop.Role is { } role ? $"a member with role {role}" : string.Join(" or ", hop.Gateways);

    private static string Family(FamilyWish over) => over switch
    {
        FamilyWish.Ipv4 => "IPv4",
        FamilyWish.Ipv6 => "IPv6",
        FamilyWish.PreferIpv4 => "IPv4 if possible",
        FamilyWish.PreferIpv6 => "IPv6 if possible",
        _ => "IPv4 or IPv6",
    };

    private static string Order(PickPolicy pick) => pick switch
    {
        PickPolicy.RoundRobin => "round-robin: each in turn is the first to be tried",
        PickPolicy.Random => "random: in any order",
        PickPolicy.LeastSessions => "least-sessions: who has the fewest sessions is tried first",
        PickPolicy.LowestLatency => "lowest-latency: who answers soonest is tried first",
        PickPolicy.HashClient => "hash-client: a client's own order, which stays the same",
        _ => "in-order: tried in this order",
    };

    private static IEnumerable<string> Members(string role, HopSettings hop, Topology? topology, ImmutableSortedSet<string> ejected)
    {
        if (topology is null)
            return ["only a running gateway knows who they are (explain --live); this node is none of them"];
        var others = topology.Others.Where(member => member.HasRole(role)).ToList();
        return others.Count == 0 ? ["nobody else has it"] : others.Select(member => Describe(member, hop, ejected));
    }

    private static string Describe(Member member, HopSettings hop, ImmutableSortedSet<string> ejected)
    {
        var addresses = member.Endpoints.Where(endpoint => hop.Over.Allows(endpoint.Address.Canonical.Family)).ToList();
        var why = ejected.Contains(member.Name) ? "the operator ejected" : member.IsDraining ? "drains" : addresses.Count == 0 ? $"has no address of {Family(hop.Over)}" : null;
        return why is null ? $"{member.Name} at {string.Join(" and ", addresses)}, {(member.IsReachable ? $"{member.Sessions} sessions" : "out of reach, so tried last")}" : $"not {member.Name}, which {why}";
    }

    private static IEnumerable<string> Gateways(GatewaySettings settings, HopSettings hop, ImmutableSortedSet<string> ejected)
    {
        foreach (var (place, name) in hop.Gateways.Index())
        {
            if (ejected.Contains(name))
            {
                yield return $"not {name}, which the operator ejected";
                continue;
            }
            var gateway = settings.Gateways[name];
            var how = gateway.Address.Address.IsName ? $", a name that this gateway resolves within {Family(hop.Over)}" : "";
            yield return $"{place + 1}. {name} at {gateway.Address}{how}{(gateway.Username is null ? "" : ", with a password")}{(gateway.OneFlight ? ", in one flight" : "")}";
        }
    }

    private static IEnumerable<string> Destination(GatewaySettings settings, ChainSettings chain, SocksAddress address)
    {
        var over = chain.DestinationOver;
        if (address.TryGetIp(out var ip))
        {
            yield return over.Allows(ip.Canonical.Family)
                ? $"destination: the last hop connects to {ip}"
                : $"destination: refused with REP 03, because {ip} is not of the family that destination.over = {Kebab.Of(over)} allows";
            yield break;
        }
        yield return "destination: the name travels as a name, and the last hop resolves it";
        if (over == FamilyWish.Any)
            yield break;
        var last = chain.Hops[^1];
        if (last.Role is not null)
            yield return $"  within {Family(over)}, as this gateway tells it";
        else if (last.Gateways.All(name => settings.Gateways[name].AddressAssociate))
            yield return $"  it is asked for an address of {Family(over)} first (ADDRESS ASSOCIATE)";
        else if (over is FamilyWish.Ipv4 or FamilyWish.Ipv6)
            yield return $"  only those with address-associate = on are tried, because others cannot be asked for {Family(over)}";
        else
            yield return $"  by its own choice, because not all can be asked for {Family(over)}: address-associate is off";
    }

    private static string Seconds(TimeSpan time) => time < TimeSpan.FromSeconds(1) ? $"{time.TotalMilliseconds:0.###}ms" : $"{time.TotalSeconds:0.###}s";
}
