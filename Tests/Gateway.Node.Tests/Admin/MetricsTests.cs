using System.Diagnostics;
using System.Globalization;
using System.Net;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Admin;

/// <summary>Metrics against a client that knows what it did.</summary>
public class MetricsTests
{
    [Fact]
    public async Task Metrics_agree_with_what_clients_did_and_with_what_failed()
    {
        await using var lab = await AdminLab.StartAsync("""
            routes = [{ to = "192.0.2.0/24", via = reject }, { to = any, via = direct }]
            """);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var closed = new ClosedPort(IPAddress.Loopback);
        Assert.Equal(0, Value(await ScrapeAsync(lab), "socks64_sessions_total"));
        for (var i = 0; i < 4; i++)
            await UseAsync(lab, echo.Endpoint, ReplyCode.Succeeded, 1000);
        for (var i = 0; i < 3; i++)
            await UseAsync(lab, closed.Endpoint, ReplyCode.ConnectionRefused, 0);
        for (var i = 0; i < 2; i++)
            await UseAsync(lab, IPEndPoint.Parse("192.0.2.1:80"), ReplyCode.NotAllowed, 0);
        using (var killed = await lab.ConnectAsync())
        {
            await killed.AskAsync(SocksCommand.Connect, echo.Endpoint);
            await killed.EchoAsync(new byte[10]);
            killed.Socket.Reset();
        }
        await lab.HasSessionsAsync(0);
        using var live = await lab.ConnectAsync();
        await live.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await live.EchoAsync(new byte[5]);

        var metrics = await ScrapeAsync(lab);

        Assert.Equal(11, Value(metrics, "socks64_sessions_total"));
        Assert.Equal(1, Value(metrics, "socks64_sessions{state=\"relaying\"}"));
        Assert.Equal(0, Value(metrics, "socks64_sessions{state=\"handshake\"}"));
        Assert.Equal(4015, Value(metrics, "socks64_relayed_bytes_total{direction=\"to_target\"}"));
        Assert.Equal(4015, Value(metrics, "socks64_relayed_bytes_total{direction=\"to_client\"}"));
        Assert.Equal(6, Value(metrics, "socks64_replies_total{code=\"00\"}"));
        Assert.Equal(3, Value(metrics, "socks64_replies_total{code=\"05\"}"));
        Assert.Equal(2, Value(metrics, "socks64_replies_total{code=\"02\"}"));
        Assert.Equal(3, Value(metrics, "socks64_session_failures_total{reason=\"destination\"}"));
        Assert.Equal(2, Value(metrics, "socks64_session_failures_total{reason=\"rules\"}"));
        Assert.Equal(0, Value(metrics, "socks64_session_failures_total{reason=\"relay\"}"));
        Assert.Equal(6, Value(metrics, "socks64_session_setup_seconds_count{route=\"direct\"}"));
        Assert.Equal(6, Value(metrics, "socks64_session_setup_seconds_bucket{route=\"direct\",le=\"+Inf\"}"));
        Assert.True(Value(metrics, "socks64_session_setup_seconds_sum{route=\"direct\"}") > 0);
        Assert.Equal(0, Value(metrics, "socks64_loop_faults_total"));
        Assert.Equal(1, Value(metrics, "socks64_ready"));
    }

    [Fact]
    public async Task Counters_never_go_back_however_many_scrape_at_once()
    {
        await using var lab = await AdminLab.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        for (var round = 1; round <= 5; round++)
        {
            await UseAsync(lab, echo.Endpoint, ReplyCode.Succeeded, 100);
            await lab.HasSessionsAsync(0);
            var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ScrapeAsync(lab)));
            Assert.All(all, metrics =>
            {
                Assert.Equal(100 * round, Value(metrics, "socks64_relayed_bytes_total{direction=\"to_client\"}"));
                Assert.Equal(round, Value(metrics, "socks64_session_setup_seconds_count{route=\"direct\"}"));
            });
        }
    }

    [ToolFact("promtool")]
    public async Task Prometheus_own_checker_finds_nothing_to_say()
    {
        await using var lab = await AdminLab.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        await UseAsync(lab, echo.Endpoint, ReplyCode.Succeeded, 100);
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(await ScrapeAsync(lab));
        promtool.StandardInput.Close();
        var said = promtool.StandardOutput.ReadToEndAsync();
        var complained = await promtool.StandardError.ReadToEndAsync().WaitAsync(Eventually.Patience);
        await promtool.WaitForExitAsync().WaitAsync(Eventually.Patience);
        Assert.Equal("", await said + complained);
        Assert.Equal(0, promtool.ExitCode);
    }

    private static Task<string> ScrapeAsync(AdminLab lab) => lab.Http.GetStringAsync("/metrics");

    private static double Value(string metrics, string name) =>
        double.Parse(metrics.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);

    private static async Task UseAsync(AdminLab lab, IPEndPoint destination, ReplyCode expected, int octets)
    {
        using var socks = await lab.ConnectAsync();
        Assert.Equal(expected, (await socks.AskAsync(SocksCommand.Connect, destination)).Code);
        if (octets > 0)
            await socks.EchoAsync(new byte[octets]);
    }
}
