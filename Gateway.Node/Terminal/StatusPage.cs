using Gateway.Node.Status.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gateway.Node.Terminal;

/// <summary>What <c>socks64 status</c> prints: the gateways, the chains of the asked one, and what is out of use.</summary>
internal sealed class StatusPage(Uri address, ClusterJson cluster, IReadOnlyList<NodeJson> nodes, IReadOnlyList<ChainJson> chains)
{
    private static readonly Column[] Gateways =
    [
        new("GATEWAY"), new("STATE", Least: 9), new("SESSIONS", IsNumber: true), new("ACCEPTED", IsNumber: true, IsOptional: true), new("FAILED", IsNumber: true),
        new("SENT", IsNumber: true), new("RECEIVED", IsNumber: true), new("SETUP", IsNumber: true, IsOptional: true), new("UP", IsNumber: true),
        new("ROLES", Least: 6, IsOptional: true), new("VERSION", IsOptional: true),
    ];

    private static readonly Column[] Chains = [new("CHAIN"), new("STATE"), new("WAY", Least: 20)];

    private static readonly Column[] Legs = [new("EJECTED LEG"), new("WHY", Least: 12)];

    private static readonly Column[] Servers = [new("EJECTED BY THE OPERATOR"), new("AT", Least: 12)];

    public IEnumerable<IRenderable> Lines(int width, DateTimeOffset now)
    {
        yield return new Text($"{address} is {cluster.Node}, {(cluster.Joined ? $"one of {nodes.Count} gateway{(nodes.Count == 1 ? "" : "s")}" : "in no cluster yet")}", Looks.Strong);
        yield return Text.Empty;
        yield return Sheet.Of(Gateways, [.. nodes.Select(node => Row(node, now))], width);
        foreach (var node in nodes)
            foreach (var reason in node.Reasons ?? [])
                yield return new Text(new Cell($"{node.Node} is not ready: {reason}").Text, Looks.Doubtful);
        foreach (var seed in cluster.Missing ?? [])
            yield return new Text(new Cell($"{seed} is missing: a seed node of the settings, and no member is there").Text, Looks.Bad);
        if (chains.Count > 0)
        {
            yield return Text.Empty;
            yield return Sheet.Of(Chains, [.. chains.Select(Row)], width);
        }
        if (cluster.Ejected.Count > 0)
        {
            yield return Text.Empty;
            yield return Sheet.Of(Legs, [.. cluster.Ejected.Select(leg => new Cell[] { new(GatewayWords.Leg(leg), Looks.Bad), GatewayWords.Failed(leg) })], width);
        }
        var servers = nodes.SelectMany(node => (node.EjectedServers ?? []).Select(server => (server, node.Node))).GroupBy(pair => pair.server, pair => pair.Node).ToList();
        if (servers.Count > 0)
        {
            yield return Text.Empty;
            yield return Sheet.Of(Servers, [.. servers.Select(server => new Cell[] { new(server.Key, Looks.Doubtful), string.Join(", ", server) })], width);
        }
    }

    private static Cell[] Row(NodeJson node, DateTimeOffset now) => node.Error is not null
        ? [node.Node, GatewayWords.State(node), "", "", "", "", "", "", "", "", ""]
        :
        [
            node.Node, GatewayWords.State(node), Figures.Count(node.Sessions.Values.Sum()), Figures.Count(node.Accepted), Figures.Count(node.Failures.Values.Sum()),
            Figures.Octets(node.Sent), Figures.Octets(node.Received), Median(node.Setup), node.Started is { } started ? Figures.Age(now - started) : "",
            string.Join(' ', node.Roles), node.Version,
        ];

    /// <summary>The class that half of all setups were in, or below.</summary>
    private static string Median(IReadOnlyList<SetupClassJson> classes)
    {
        var all = classes.Sum(part => part.Direct + part.Chain);
        var seen = 0L;
        foreach (var part in classes)
            if ((seen += part.Direct + part.Chain) * 2 >= all && all > 0)
                return part.AtMostMs is { } bound ? $"≤{Figures.Milliseconds(bound)}" : $">{Figures.Milliseconds(classes[^2].AtMostMs ?? 0)}";
        return "";
    }

    private Cell[] Row(ChainJson chain) =>
    [
        chain.Name, chain.Live ? new("live", Looks.Good) : new("broken", Looks.Bad), chain.Live ? GatewayWords.Way(cluster, chain) : chain.Why,
    ];
}
