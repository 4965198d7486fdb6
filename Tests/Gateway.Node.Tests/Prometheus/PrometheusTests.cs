using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Node.Metrics;
using Gateway.Node.Tests.Nodes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Prometheus;

/// <summary>What <c>packaging/prometheus</c> and <c>packaging/grafana</c> say, against a real Prometheus.</summary>
public partial class PrometheusTests
{
    [ToolFact("prometheus")]
    public async Task Prometheus_scrapes_a_gateway_with_live_sessions_and_understands_the_dashboard()
    {
        await using var node = await NodeLab.StartAsync("g1", "");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var client = await node.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        await client.EchoAsync(new byte[12345]);
        using var prometheus = await PrometheusServer.StartAsync(node.Admin);

        await prometheus.HasAsync("up{job=\"socks64\"}", 1);
        await prometheus.HasAsync("socks64_sessions{state=\"relaying\"}", 1);
        await prometheus.HasAsync("socks64_relayed_bytes_total{direction=\"to_target\"}", 12345);
        await prometheus.HasAsync("socks64_session_setup_seconds_count{route=\"direct\"}", 1);
        Assert.Empty(await prometheus.QueryAsync("ALERTS"));

        var known = GatewayMetrics.All.Select(metric => metric.Name).ToHashSet();
        foreach (var query in DashboardQueries())
        {
            await prometheus.QueryAsync(query);
            Assert.All(OwnMetric().Matches(query).Select(match => HistogramPart().Replace(match.Value, "")), name => Assert.Contains(name, known));
        }
        Assert.Equal([1], (await prometheus.QueryAsync(DashboardQueries().Single(query => query.StartsWith("sum(socks64_sessions{", StringComparison.Ordinal)))).Select(sample => sample.Value));
    }

    [ToolFact("promtool")]
    public async Task Promtool_finds_nothing_wrong_with_the_configuration_and_the_rules()
    {
        await CheckAsync("config", "prometheus.yml");
        await CheckAsync("rules", "socks64.rules.yml");
        var known = GatewayMetrics.All.Select(metric => metric.Name).ToHashSet();
        var rules = await File.ReadAllTextAsync(Path.Join(PrometheusServer.Packaging, "socks64.rules.yml"));
        Assert.All(OwnMetric().Matches(rules).Select(match => match.Value), name => Assert.Contains(name, known));
    }

    private static async Task CheckAsync(string what, string file)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", what, Path.Join(PrometheusServer.Packaging, file)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.True(promtool.ExitCode == 0, said);
    }

    /// <summary>The queries of all panels, with what Grafana would put in the place of its variables.</summary>
    private static List<string> DashboardQueries()
    {
        var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Join(PrometheusServer.Repository, "packaging/grafana/socks64.json"))).RootElement;
        List<string> queries = [.. dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$instance", ".*", StringComparison.Ordinal))];
        Assert.True(queries.Count > 20);
        return queries;
    }

    [GeneratedRegex("socks64_[a-z_]+")]
    private static partial Regex OwnMetric();

    [GeneratedRegex("_bucket$|(?<=seconds)_count$|(?<=seconds)_sum$")]
    private static partial Regex HistogramPart();
}
