using System.Globalization;
using System.Net;
using System.Text;
using Gateway.Node.Telemetry;
using Gateway.Node.Tests.Nodes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Telemetry;

/// <summary>What leaves a gateway, against what it says by other ways.</summary>
public class ExportTests
{
    [Theory]
    [InlineData("grpc", "MetricsService/Export")]
    [InlineData("http", "/v1/metrics")]
    public async Task Metrics_are_those_of_the_scrape(string protocol, string path)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        await using var node = await NodeLab.StartAsync("g1", $$"""
            telemetry { endpoint = "{{receiver.Address}}", protocol = {{protocol}}, metrics = 100ms, sampling = 0, resource = "service.namespace=lab%20one" }
            """);
        await UseAsync(node);
        var scraped = await node.MetricsAsync();
        var already = receiver.Messages(path).Count;
        await Eventually.Holds(() => receiver.Messages(path).Count > already + 1, () => $"{receiver.Messages(path).Count} requests have come");

        var resource = new WireMessage(receiver.Messages(path)[^1]).Message(1);
        var labels = resource.Message(1).Labels(1);
        Assert.Equal(("socks64", "g1", "lab one"), (labels["service.name"], labels["service.instance.id"], labels["service.namespace"]));
        var sent = Samples(resource.Message(2).Messages(2));
        // What tells of the moment differs from one moment to the next.
        var expected = scraped.Where(sample => sample.Key.StartsWith("socks64_", StringComparison.Ordinal) && !sample.Key.StartsWith("socks64_loop_lag", StringComparison.Ordinal)).OrderBy(sample => sample.Key, StringComparer.Ordinal);
        Assert.Equal(expected, sent.Where(sample => !sample.Key.StartsWith("socks64_loop_lag", StringComparison.Ordinal)).OrderBy(sample => sample.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("grpc", 14, 0)]
    [InlineData("http", 503, 200)]
    public async Task A_trace_is_sent_again_to_a_collector_that_cannot_take_it_now(string protocol, int busy, int well)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        receiver.Status = busy;
        await using var node = await NodeLab.StartAsync("g1", $$"""telemetry { endpoint = "{{receiver.Address}}", protocol = {{protocol}}, metrics = off, headers = "x-key=s%20ecret" }""");
        await UseAsync(node);
        await Eventually.Holds(() => !receiver.Requests.IsEmpty, () => "no request has come");
        receiver.Status = well;
        await Eventually.Holds(async () => await node.MetricAsync("socks64_traces_sent_total") == 1, () => "it is not counted as sent");
        Assert.Equal(0, await node.MetricAsync("socks64_traces_dropped_total"));
        Assert.All(receiver.Requests, request => Assert.Equal("s ecret", request.Headers["x-key"]));
        await Eventually.Holds(() => node.Log.Count(record => record.GetProperty("event").GetString() == "telemetry") == 2, () => "the log does not tell of the failure and of its end");
        Assert.DoesNotContain(node.Log, record => record.ToString().Contains("ecret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_trace_is_dropped_and_counted_and_the_log_has_its_record()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http");
        receiver.Status = 400;
        await using var node = await NodeLab.StartAsync("g1", $$"""telemetry { endpoint = "{{receiver.Address}}", protocol = http, metrics = off }""");
        await UseAsync(node);
        await node.HasEndedAsync(1);
        await Eventually.Holds(async () => await node.MetricAsync("socks64_traces_dropped_total") == 1, () => "it is not counted as dropped");
        Assert.Equal(0, await node.MetricAsync("socks64_traces_sent_total"));
    }

    [Theory]
    [InlineData("grpc"), InlineData("http")]
    public async Task Spans_that_a_collector_throws_away_of_what_it_takes_are_counted_and_told_of(string protocol)
    {
        await using var receiver = await OtlpReceiver.StartAsync(protocol);
        receiver.Answer = [0x0A, 8, 0x08, 1, 0x12, 4, .. "full"u8];
        await using var node = await NodeLab.StartAsync("g1", $$"""telemetry { endpoint = "{{receiver.Address}}", protocol = {{protocol}}, metrics = off }""");
        await UseAsync(node);
        await Eventually.Holds(async () => await node.MetricAsync("socks64_traces_dropped_total") == 1, () => "it is not counted");
        Assert.Equal(0, await node.MetricAsync("socks64_traces_sent_total"));
        await Eventually.Holds(() => node.Log.Any(record => record.ToString().Contains("1 of a request were refused: full", StringComparison.Ordinal)), () => "the log does not tell of it");
    }

    [Theory]
    [InlineData("", false, 0, ""), InlineData("0A00", true, 0, ""), InlineData("0A0208FF", false, 0, ""), InlineData("0AFF", false, 0, ""), InlineData("FFFFFFFFFFFFFFFFFFFFFF", false, 0, "")]
    [InlineData("0A0708AC02120161", false, 300, ""), InlineData("0A0608AC02120161", true, 300, "a"), InlineData("1801 0A0608AC02120161", true, 300, "a"), InlineData("0A0B 1D00000000 08AC02 120161", true, 300, "a")]
    public void What_was_refused_is_read_out_of_the_answer(string octets, bool isThere, long refused, string message)
    {
        Assert.Equal(isThere, OtlpPartialSuccess.TryRead(Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal)), out var partial));
        if (isThere)
            Assert.Equal((refused, message), (partial.Refused, partial.Message));
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_back_neither_the_log_nor_the_end()
    {
        using var closed = new ClosedPort(IPAddress.Loopback);
        await using var node = await NodeLab.StartAsync("g1", $$"""telemetry.endpoint = "http://{{closed.Endpoint}}" """);
        for (var i = 0; i < 5; i++)
            await UseAsync(node);
        await node.HasEndedAsync(5);
        await node.EndAsync();
        Assert.Equal(5, node.Sessions.Count);
    }

    [Fact]
    public async Task Traces_keep_clients_to_themselves_when_the_settings_say_so()
    {
        await using var receiver = await OtlpReceiver.StartAsync("http");
        await using var node = await NodeLab.StartAsync("g1", $$"""telemetry { endpoint = "{{receiver.Address}}", protocol = http, metrics = off, clients = off }""");
        await UseAsync(node);
        await Eventually.Holds(() => receiver.Messages("/v1/traces").Count > 0, () => "no trace has come");
        var text = Encoding.Latin1.GetString(receiver.Messages("/v1/traces")[0]);
        Assert.Contains("socks64.destination", text);
        Assert.DoesNotContain("client.", text);
        Assert.DoesNotContain("user.name", text);
    }

    [Fact]
    public void A_share_of_the_traces_is_the_same_share_at_every_gateway()
    {
        TraceSampler all = new(1), none = new(0), half = new(0.5), tenth = new(0.1);
        var traces = Enumerable.Range(0, 20_000).Select(_ => TraceId.Random()).ToList();
        Assert.All(traces, trace => Assert.True(all.Takes(trace)));
        Assert.All(traces, trace => Assert.False(none.Takes(trace)));
        Assert.InRange(traces.Count(half.Takes), 9_500, 10_500);
        Assert.InRange(traces.Count(tenth.Takes), 1_700, 2_300);
        Assert.All(traces.Where(tenth.Takes), trace => Assert.True(half.Takes(trace)));
    }

    private static async Task UseAsync(NodeLab node)
    {
        var ended = node.Sessions.Count;
        using var echo = new EchoServer(IPAddress.Loopback);
        using (var client = await node.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await client.EchoAsync(new byte[100]);
        }
        await node.HasEndedAsync(ended + 1);
    }

    /// <summary>OTLP's metrics in the words of Prometheus.</summary>
    private static Dictionary<string, double> Samples(IEnumerable<WireMessage> metrics)
    {
        Dictionary<string, double> samples = [];
        foreach (var metric in metrics)
        {
            var name = metric.Text(1);
            foreach (var kind in new[] { 5, 7 }.Where(metric.Has))
                foreach (var point in metric.Message(kind).Messages(1))
                    samples[Named(name, point.Labels(7))] = point.Double(4);
            foreach (var point in metric.Has(9) ? metric.Message(9).Messages(1) : [])
                AddHistogram(samples, name, point);
        }
        return samples;
    }

    private static void AddHistogram(Dictionary<string, double> samples, string name, WireMessage point)
    {
        var labels = point.Labels(9);
        samples[Named($"{name}_count", labels)] = point.Number(4);
        samples[Named($"{name}_sum", labels)] = point.Double(5);
        var upTo = 0UL;
        foreach (var (count, bound) in point.Packed(6).Zip([.. point.Packed(7).Select(bits => BitConverter.UInt64BitsToDouble(bits)), double.PositiveInfinity]))
        {
            upTo += count;
            var le = double.IsInfinity(bound) ? "+Inf" : bound.ToString(CultureInfo.InvariantCulture);
            samples[Named($"{name}_bucket", labels.Append(new("le", le)))] = upTo;
        }
    }

    private static string Named(string name, IEnumerable<KeyValuePair<string, string>> labels)
    {
        var written = string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
        return written.Length == 0 ? name : $"{name}{{{written}}}";
    }
}
