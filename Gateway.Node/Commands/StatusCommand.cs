using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Node.Operator;
using Gateway.Node.Status;
using Gateway.Node.Terminal;
using Spectre.Console;

namespace Gateway.Node.Commands;

/// <summary><c>socks64 status</c>: the gateways, their chains and what is out of use, once.</summary>
internal static class StatusCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "The API's answers, as one line of JSON: cluster, gateways, chains." };

    public static Command Create()
    {
        var command = new Command("status", "Say how the gateways of the cluster and their chains stand.") { Json }.WithAdmin();
        command.SetOperatorAction(ShowAsync);
        return command;
    }

    private static async Task<int> ShowAsync(AdminClient client, ParseResult parsed, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(new[] { "api/cluster", "api/gateways", "api/chains" }.Select(path => client.GetAsync(path, cancellation)));
        if (parsed.GetValue(Json))
        {
            var all = new JsonObject { ["cluster"] = JsonNode.Parse(answers[0]), ["gateways"] = JsonNode.Parse(answers[1])!["nodes"]!.DeepClone(), ["chains"] = JsonNode.Parse(answers[2])!["nodes"]!.DeepClone() };
            Console.Out.WriteLine(all.ToJsonString());
            return ExitCode.Success;
        }
        var nodes = client.Read(answers[1], StatusJson.Default.NodesJsonNodeJson).Nodes;
        var chains = client.Read(answers[2], StatusJson.Default.NodesJsonChainsJson).Nodes;
        var page = new StatusPage(client.Address, client.Read(answers[0], StatusJson.Default.ClusterJson), nodes, [.. chains.SelectMany(node => node.Chains)]);
        var screen = Screen.Open();
        foreach (var line in page.Lines(screen.Profile.Width, DateTimeOffset.UtcNow))
        {
            screen.Write(line);
            if (line is Text)
                screen.WriteLine();
        }
        return ExitCode.Success;
    }
}
