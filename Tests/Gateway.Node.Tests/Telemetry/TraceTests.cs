using System.Net;
using Gateway.Node.Tests.Nodes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>A real chain of three gateways, and a receiver of another make that tells what it has understood.</summary>
public class TraceTests
{
    [CollectorTheory]
    [InlineData("grpc")]
    [InlineData("http")]
    public async Task A_chain_is_one_tree_under_one_id_and_the_failing_hop_is_marked(string protocol)
    {
        using var collector = await Dashboard.StartAsync();
        await using var nodes = await ChainedNodes.StartAsync($$"""telemetry { endpoint = "{{collector.Endpoint(protocol)}}", protocol = {{protocol}} }""");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var closed = new ClosedPort(IPAddress.Loopback);
        using (var client = await nodes.Entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await client.EchoAsync(new byte[1000]);
        }
        using (var refused = await nodes.Entry.ConnectAsync())
            Assert.Equal(ReplyCode.ConnectionRefused, (await refused.AskAsync(SocksCommand.Connect, closed.Endpoint)).Code);

        var traces = (await collector.SpansAsync(10)).GroupBy(span => span.Trace).Select(trace => trace.ToList()).ToList();

        Assert.Equal(2, traces.Count);
        Assert.All(traces, AssertOneTree);
        var served = traces.Single(trace => !trace.Any(span => span.IsError));
        var entry = served.Single(span => span.Parent is null);
        Assert.Equal(("1000", "1000", "lab", "0"), (entry.Attributes["socks64.sent"], entry.Attributes["socks64.received"], entry.Attributes["socks64.via"], entry.Attributes["socks64.reply"]));
        Assert.Equal("127.0.0.1", entry.Attributes["client.address"]);
        Assert.Equal(["r1", "r2"], served.Where(span => span.Name.StartsWith("hop ", StringComparison.Ordinal)).OrderBy(span => span.Name).Select(span => span.Attributes["socks64.hop.name"]));

        var failed = traces.Single(trace => trace.Any(span => span.IsError));
        // The entry has no use for the leg to r1 any more and cuts it, which r1 may well call a failure too.
        Assert.Equal(["e connect", "e hop 2", "r2 connect"], failed.Where(span => span.IsError && span.Node != "r1").Select(span => $"{span.Node} {span.Name}").Order());
        Assert.Equal("request", failed.Single(span => span.Name == "hop 2").Attributes["error.type"]);
        Assert.Equal("destination", failed.Single(span => span.Node == "r2").Attributes["error.type"]);
    }

    /// <summary>The entry's session, a hop for each of the two others, and below each hop what that gateway says of its part.</summary>
    private static void AssertOneTree(IReadOnlyList<DashboardSpan> trace)
    {
        var entry = Assert.Single(trace, span => span.Parent is null);
        Assert.Equal("e", entry.Node);
        var parents = trace.ToDictionary(span => span.Id, span => span);
        Assert.Equal(
            ["e connect", "e hop 1", "e hop 2", "r1 connect", "r2 connect"], trace.Select(span => $"{span.Node} {span.Name}").Order());
        Assert.All(trace.Where(span => span.Name.StartsWith("hop ", StringComparison.Ordinal)), hop => Assert.Equal(entry, parents[hop.Parent!]));
        Assert.Equal("hop 1", parents[trace.Single(span => span.Node == "r1").Parent!].Name);
        Assert.Equal("hop 2", parents[trace.Single(span => span.Node == "r2").Parent!].Name);
    }
}
