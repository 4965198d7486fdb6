using Gateway.Node.Status.Json;

namespace Gateway.Node.Terminal;

/// <summary>How gateways, chains and legs stand, in a few words and a colour.</summary>
internal static class GatewayWords
{
    public static Cell State(NodeJson node) =>
        node.Error is { } error ? new(error, Looks.Bad)
        : node.Draining ? new("draining", Looks.Doubtful)
        : node.Ready ? new("ready", Looks.Good)
        : new("not ready", Looks.Bad);

    /// <summary><c>e1 →6 relay 2/3 →4 exit 2/2 → destination</c>: of each pool, how many can be had of those that are known.</summary>
    public static string Way(ClusterJson cluster, ChainJson chain) =>
        $"{cluster.Node} {string.Concat(chain.Hops.Select(hop => $"→{Family(hop.Over)} {Pool(cluster, hop)} "))}→{Family(chain.DestinationOver)} destination";

    public static string Leg(LegJson leg) => $"{leg.From} → {leg.To}{(leg.Family is { } family ? $" ({Protocol(family)})" : "")}";

    public static string Failed(LegJson leg) =>
        $"{leg.Failures} failure{(leg.Failures == 1 ? "" : "s")} in a row, {(leg.AgainMs is > 0 and var ms ? $"to be tried again in {Figures.Milliseconds(Math.Ceiling(ms / 1000) * 1000)}" : "about to be tried again")}";

    private static string Pool(ClusterJson cluster, ChainHopJson hop)
    {
        var down = hop.Legs.GroupBy(leg => leg.To).Where(legs => legs.All(leg => leg.Ejected)).Select(legs => legs.Key)
            .Concat(cluster.Members.Where(member => !member.Reachable).Select(member => member.Name));
        var known = hop.Candidates.Count + (hop.Ejected?.Count ?? 0);
        return $"{hop.Pool.Replace("role ", "", StringComparison.Ordinal)} {hop.Candidates.Except(down).Count()}/{known}";
    }

    private static string Family(string over) => over switch { "ipv4" => "4", "ipv6" => "6", _ => "" };

    private static string Protocol(string family) => family == "ipv6" ? "IPv6" : "IPv4";
}
