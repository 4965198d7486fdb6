using System.CommandLine.Completions;
using Gateway.Node.Operator;
using Gateway.Node.Status;

namespace Gateway.Node.Completion;

/// <summary>Names that only the running gateway knows, for whoever presses Tab. Without an answer at once there are none, and no complaint.</summary>
internal static class LiveNames
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Members of the cluster, and <c>*</c>.</summary>
    public static IEnumerable<string> NodesOrAll(CompletionContext context) => Ask(context, async client => [.. await NodesAsync(client), "*"]);

    /// <summary>Members, and what the pools of the chains name.</summary>
    public static IEnumerable<string> Servers(CompletionContext context) => Ask(context, async client =>
    {
        var chains = await client.GetAsync("api/chains", StatusJson.Default.NodesJsonChainsJson);
        var pools = chains.Nodes.SelectMany(node => node.Chains).SelectMany(chain => chain.Hops).SelectMany(hop => hop.Candidates.Concat(hop.Ejected ?? []));
        return [.. pools.Concat(await NodesAsync(client))];
    });

    /// <summary>The chains of the settings, and <c>direct</c>.</summary>
    public static IEnumerable<string> Chains(CompletionContext context) => Ask(context, async client =>
        [.. (await client.GetAsync("api/chains", StatusJson.Default.NodesJsonChainsJson)).Nodes.SelectMany(node => node.Chains).Select(chain => chain.Name), "direct"]);

    private static async Task<IEnumerable<string>> NodesAsync(AdminClient client) =>
        (await client.GetAsync("api/cluster", StatusJson.Default.ClusterJson)).Members.Select(member => member.Name);

    private static IEnumerable<string> Ask(CompletionContext context, Func<AdminClient, Task<IEnumerable<string>>> ask)
    {
        try
        {
            using var client = new AdminClient(AdminOptions.Target(context.ParseResult), Patience);
            return [.. ask(client).GetAwaiter().GetResult().Distinct().Order(StringComparer.Ordinal)];
        }
        catch (AdminException)
        {
            return [];
        }
    }
}
