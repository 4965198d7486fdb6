using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Status.Json;

namespace Gateway.Node.Terminal.Top;

/// <summary>What the gateways said at one moment.</summary>
/// <param name="At">When, on a clock that only runs forwards.</param>
/// <param name="Matched">Sessions that match the filter, of which those listed are some.</param>
/// <param name="View">What was looked for.</param>
internal sealed record TopSample(
    TimeSpan At, ClusterJson Cluster, IReadOnlyList<NodeJson> Nodes, IReadOnlyList<ChainJson> Chains, IReadOnlyList<(string Node, SessionJson Session)> Sessions, int Matched, TopView View)
{
    /// <summary>So many sessions of each gateway are looked at, for a gateway has better things to do.</summary>
    private const int MostSessions = 1000;

    public static async Task<TopSample> TakeAsync(AdminClient client, TopView view, CancellationToken cancellation)
    {
        var cluster = client.GetAsync("api/cluster", StatusJson.Default.ClusterJson, cancellation);
        var nodes = client.GetAsync("api/gateways", StatusJson.Default.NodesJsonNodeJson, cancellation);
        var chains = client.GetAsync("api/chains", StatusJson.Default.NodesJsonChainsJson, cancellation);
        List<(string, SessionJson)> sessions = [];
        var matched = new Dictionary<string, int>();
        await foreach (var (raw, page) in SessionPages.ReadAsync(client, (node, after) => Path(view, node, after), view.Node ?? "*", MostSessions, cancellation))
        {
            raw.Dispose();
            foreach (var answer in page.Nodes)
            {
                matched.TryAdd(answer.Node, answer.Matched);
                sessions.AddRange(answer.Sessions.Select(session => (answer.Node, session)));
            }
        }
        return new(TimeProvider.System.GetElapsedTime(0), await cluster, (await nodes).Nodes, [.. (await chains).Nodes.SelectMany(node => node.Chains)], sessions, matched.Values.Sum(), view);
    }

    private static string Path(TopView view, string? node, long? after) => AdminPath.Of(
        "api/sessions", ("text", view.Filter), ("limit", "200"), ("node", node), ("after", after is { } place ? SessionPages.Text(place) : null));
}
