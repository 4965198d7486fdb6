using System.Text;
using System.Text.Json;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Node.Logging;
using Gateway.Protocol;
using Testing;

namespace Gateway.Node.Tests.Logging;

public class LogWriterTests
{
    private static readonly LiteralEndpoint Client = new(IpLiteral.Parse("::ffff:192.0.2.1"), 40_000);

    private static readonly SessionRecord Session = new()
    {
        Id = 7,
        TraceId = new(0xABCD),
        Started = DateTimeOffset.UnixEpoch,
        Client = Client,
        Listener = new(IpLiteral.Parse("127.0.0.1"), 1080),
        Command = SocksCommand.Connect,
        Destination = "evil\u001b[2J\n.example:80",
        Reply = ReplyCode.Succeeded,
        Setup = TimeSpan.FromMilliseconds(1.5),
        Sent = 1,
        Received = 2,
        Reason = "relay: completed",
    };

    private static Task<string[]> LinesOf(LogSettings settings, Action<LogWriter> write, bool isTerminal = false) =>
        LinesOf(settings, log =>
        {
            write(log);
            return Task.CompletedTask;
        }, isTerminal);

    private static Task<string[]> LinesOf(LogSettings settings, SessionRecord record, bool isTerminal = false) =>
        LinesOf(settings, log => log.WriteAsync([record]), isTerminal);

    private static async Task<string[]> LinesOf(LogSettings settings, Func<LogWriter, Task> write, bool isTerminal = false)
    {
        var output = new MemoryStream();
        await using (var log = new LogWriter(output, settings, isTerminal))
            await write(log);
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Each_record_is_one_json_object_on_one_line()
    {
        var lines = await LinesOf(new(), log =>
        {
            log.Write(LogLevelSetting.Warning, "trouble", "two\nlines", "akka://x", new InvalidOperationException("why"));
            return log.WriteAsync([Session]);
        });
        var first = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(("warning", "trouble", "two\nlines"), (first.GetProperty("level").GetString(), first.GetProperty("event").GetString(), first.GetProperty("message").GetString()));
        Assert.Contains("why", first.GetProperty("error").GetString());
        var second = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal(("192.0.2.1:40000", 1.5, 2), (second.GetProperty("client").GetString(), second.GetProperty("setup_ms").GetDouble(), second.GetProperty("received").GetInt32()));
        Assert.Equal("0000000000000000000000000000abcd", second.GetProperty("trace").GetString());
        Assert.All(["user", "member", "origin"], field => Assert.False(second.TryGetProperty(field, out _)));
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task Lost_datagrams_are_told_of_sessions_that_relayed_some()
    {
        var lines = await LinesOf(new(), log =>
        {
            return log.WriteAsync([Session, Session with { Lost = 3 }]);
        });
        Assert.False(JsonDocument.Parse(lines[0]).RootElement.TryGetProperty("lost", out _));
        Assert.Equal(3, JsonDocument.Parse(lines[1]).RootElement.GetProperty("lost").GetInt32());
    }

    [Fact]
    public async Task Leg_of_a_member_shows_the_node_and_the_client_behind_it()
    {
        var line = Assert.Single(await LinesOf(new(), Session with { Member = "g1", Origin = IpLiteral.Parse("2001:db8::7"), User = "alice" }));
        var leg = JsonDocument.Parse(line).RootElement;
        Assert.Equal(
            ("g1", "2001:db8::7", "alice"), (leg.GetProperty("member").GetString(), leg.GetProperty("origin").GetString(), leg.GetProperty("user").GetString()));
    }

    [Fact]
    public async Task Association_shows_each_way_that_its_datagrams_took()
    {
        var hop = new HopRecord("r", new(IpLiteral.Parse("2001:db8::2"), 1080), TimeSpan.FromMilliseconds(3));
        var line = Assert.Single(await LinesOf(new(), Session with { Hops = [hop], Ways = [new("direct", [], 1, 2), new("lab", [hop], 3, 4)] }));
        var ways = JsonDocument.Parse(line).RootElement.GetProperty("ways");
        Assert.Equal(
            """[{"via":"direct","sent":1,"received":2},{"via":"lab","hops":[{"name":"r","address":"[2001:db8::2]:1080","family":"ipv6","ms":3}],"sent":3,"received":4}]""",
            ways.GetRawText());
    }

    [Fact]
    public async Task What_is_less_important_than_the_level_is_left_out()
    {
        var lines = await LinesOf(new() { Level = LogLevelSetting.Warning }, log =>
        {
            log.Write(LogLevelSetting.Info, "a", "");
            log.Write(LogLevelSetting.Error, "b", "");
            return log.WriteAsync([Session]);
        });
        Assert.Contains("\"b\"", Assert.Single(lines));
    }

    [Fact]
    public async Task Records_of_sessions_can_be_switched_off() =>
        Assert.Empty(await LinesOf(new() { Sessions = false }, Session));

    [Fact]
    public async Task A_terminal_gets_text_in_which_a_client_cannot_move_the_cursor()
    {
        var line = Assert.Single(await LinesOf(new(), Session, isTerminal: true));
        Assert.Contains(" info    session  id=7 ", line);
        Assert.Contains("destination=evil\\x1b[2J\\x0a.example:80", line);
    }

    [Fact]
    public async Task Json_can_be_asked_for_on_a_terminal() =>
        Assert.StartsWith("{", Assert.Single(await LinesOf(new() { Format = LogFormat.Json }, Session, isTerminal: true)));

    [Fact]
    public async Task Writers_of_all_threads_get_whole_lines()
    {
        var lines = await LinesOf(new(), log => Parallel.For(0, 2_000, i => log.Write(LogLevelSetting.Info, "n", $"{i}")));
        Assert.Equal(2_000, lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_reader_that_has_stopped_reading_costs_records_and_not_the_gateway()
    {
        using var stuck = new StuckStream();
        await using var log = new LogWriter(stuck, new LogSettings(), isTerminal: false);
        var text = new string('x', 1 << 20);
        for (var i = 0; i < 100; i++)
            log.Write(LogLevelSetting.Info, "big", text);
        stuck.Release();
        await stuck.Contains("\"event\":\"log-dropped\"");
    }

    [Fact]
    public async Task A_reader_that_has_stopped_reading_does_not_keep_the_gateway_from_ending()
    {
        using var stuck = new StuckStream();
        var log = new LogWriter(stuck, new LogSettings(), isTerminal: false, new HastyTime());
        log.Write(LogLevelSetting.Info, "last", "");
        await log.DisposeAsync().AsTask().WaitAsync(Eventually.Patience);
        Assert.Equal(0, stuck.Lines);
        stuck.Release();
    }

    [Fact]
    public async Task A_stream_that_is_closed_costs_nothing_but_the_records()
    {
        await using var log = new LogWriter(new DeniedStream(), new LogSettings(), isTerminal: false);
        log.Write(LogLevelSetting.Info, "lost", "");
    }

    [Fact]
    public async Task Records_of_sessions_wait_for_a_reader_that_has_stopped_and_none_is_lost()
    {
        // More than what is being written and what waits can hold together.
        const int count = 100_000;
        using var stuck = new StuckStream();
        bool waited;
        await using (var log = new LogWriter(stuck, new LogSettings(), isTerminal: false))
        {
            var written = log.WriteAsync([.. Enumerable.Range(0, count).Select(id => Session with { Id = id })]);
            waited = !written.IsCompleted;
            stuck.Release();
            await written.WaitAsync(TimeSpan.FromSeconds(60));
        }
        Assert.True(waited);
        Assert.Equal(count, stuck.Lines);
    }

    [Fact]
    public async Task A_file_of_the_settings_takes_the_place_of_the_stream_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("socks64-");
        try
        {
            var name = Path.Join(folder.FullName, "a.log");
            var lines = await LinesOf(new(), async log =>
            {
                log.Change(new LogSettings { File = name });
                await log.WriteAsync([Session]);
            }, isTerminal: true);
            Assert.Empty(lines);
            Assert.Equal("session", JsonDocument.Parse(File.ReadAllText(name)).RootElement.GetProperty("event").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What standard error is when its descriptor is closed.</summary>
    private sealed class DeniedStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new UnauthorizedAccessException();
    }

    /// <summary>Takes nothing until it is released.</summary>
    private sealed class StuckStream : MemoryStream
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly MemoryStream _taken = new();

        public void Release() => _released.Set();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _released.Wait();
            lock (_taken)
                _taken.Write(buffer);
        }

        public int Lines => Text().Count(c => c == '\n');

        public async Task Contains(string text)
        {
            var end = DateTime.UtcNow.AddSeconds(30);
            while (!Text().Contains(text))
            {
                Assert.True(DateTime.UtcNow < end, "the log does not say what it dropped");
                await Task.Yield();
            }
        }

        private string Text()
        {
            lock (_taken)
                return Encoding.UTF8.GetString(_taken.ToArray());
        }
    }
}
