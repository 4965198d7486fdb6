using Hocon;

namespace Akka.Contract.Tests.Hocon;

public class HoconConfigTests
{
    [Theory]
    [InlineData("a = 1", 1)]
    [InlineData("a : 1 # comment", 1)]
    [InlineData("\"a\" : 1 // comment", 1)]
    [InlineData("a = 2\na = 1", 1)]
    [InlineData("b = 1, a = ${b}", 1)]
    [InlineData("a = ${b}\nb = 1", 1)]
    [InlineData("a = 1, a = ${?missing_in_every_environment}", 1)]
    public void A_number_is_read(string text, int value) => Assert.Equal(value, Parse(text).GetInt("a"));

    [Theory]
    [InlineData("a = plain text here", "plain text here")]
    [InlineData("a = \"quoted \\\"text\\\" \\u0041\"", "quoted \"text\" A")]
    [InlineData("a = \"\"\"triple \"quoted\"\n lines\"\"\"", "triple \"quoted\"\n lines")]
    [InlineData("b = x, a = ${b}\":\"${b}", "x:x")]
    [InlineData("a = x, a = ${a}\":y\"", "x:y")]
    [InlineData("a = 10.0.0.1", "10.0.0.1")]
    public void A_text_is_read(string text, string value) => Assert.Equal(value, Parse(text).GetString("a"));

    [Theory]
    [InlineData("a = [x, y]")]
    [InlineData("a = [\n  x\n  y\n]")]
    [InlineData("a = [x] [y]")]
    [InlineData("a = [x], a = ${a}[y]")]
    [InlineData("b = [y], a = [x] ${b}")]
    public void A_list_is_read(string text) => Assert.Equal(["x", "y"], Parse(text).GetStringList("a"));

    [Theory]
    [InlineData("a { b = 1, c = 2 }")]
    [InlineData("a.b = 1\na.c = 2")]
    [InlineData("a { b = 1 }\na { c = 2 }")]
    [InlineData("base { b = 1 }, a = ${base} { c = 2 }")]
    [InlineData("a { b = 3, c = 2 }\na.b = 1")]
    public void An_object_is_merged(string text) => Assert.Equal((1, 2), (Parse(text).GetInt("a.b"), Parse(text).GetInt("a.c")));

    [Theory]
    [InlineData("a = 250ms", 0.25)]
    [InlineData("a = 15s", 15)]
    [InlineData("a = 2 minutes", 120)]
    [InlineData("a = 1h", 3600)]
    [InlineData("a = 1d", 86400)]
    [InlineData("a = 1500", 1.5)]
    public void A_duration_is_read(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Parse(text).GetTimeSpan("a"));

    [Theory]
    [InlineData("a = 128000b", 128_000)]
    [InlineData("a = 10kB", 10_000)]
    [InlineData("a = 1MiB", 1_048_576)]
    [InlineData("a = 4k", 4_096)]
    public void A_size_is_read(string text, long octets) => Assert.Equal(octets, Parse(text).GetByteSize("a"));

    [Fact]
    public void A_key_in_quotes_may_hold_a_dot()
    {
        var config = Parse("gateways { \"lab.example\" { port = 1080 } }");

        Assert.Equal(1080, config.GetInt("gateways.\"lab.example\".port"));
        Assert.Equal("lab.example", Assert.Single(config.GetConfig("gateways").AsEnumerable()).Key);
    }

    [Fact]
    public void A_fallback_fills_what_is_missing_and_changes_nothing_else()
    {
        var config = Parse("a { b = 1 }").WithFallback(Parse("a { b = 2, c = 3 }, d = 4"));

        Assert.Equal((1, 3, 4), (config.GetInt("a.b"), config.GetInt("a.c"), config.GetInt("d")));
    }

    [Fact]
    public void A_missing_setting_gives_the_default_and_is_an_error_without_one()
    {
        var config = Parse("a = 1");

        Assert.Equal(7, config.GetInt("b", 7));
        Assert.False(config.HasPath("b"));
        Assert.Equal("b", Assert.Throws<HoconValueException>(() => config.GetInt("b")).FailPath);
    }

    [Fact]
    public void Values_know_their_types()
    {
        var fields = Parse("o { x = 1 }, l = [1], n = 1, b = true, t = text").Root.GetObject();

        Assert.Equal(
            [HoconType.Object, HoconType.Array, HoconType.Number, HoconType.Boolean, HoconType.String],
            new[] { "o", "l", "n", "b", "t" }.Select(key => fields[key].Value.Type));
    }

    [Fact]
    public void Null_is_a_value_without_text()
    {
        var config = Parse("a = null");

        Assert.True(config.HasPath("a"));
        Assert.Null(config.GetString("a"));
    }

    [Fact]
    public void An_include_is_answered_by_the_callback()
    {
        var asked = new List<string>();
        var config = HoconConfigurationFactory.ParseString("include \"x.conf\"\nb = ${a}", (_, name) =>
        {
            asked.Add(name);
            return Task.FromResult("a = 1");
        });

        Assert.Equal(["x.conf"], asked);
        Assert.Equal((1, 1), (config.GetInt("a"), config.GetInt("b")));
    }

    [Fact]
    public void The_environment_answers_what_is_not_defined()
    {
        var name = "HOCON_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "outside");

        Assert.Equal("outside", Parse($"a = ${{?{name}}}").GetString("a"));
        Assert.Equal("outside", Parse($"a = ${{{name}}}").GetString("a"));
    }

    [Theory]
    [InlineData("a = [1, 2")]
    [InlineData("a { b = 1")]
    [InlineData("a = ${missing_in_every_environment}")]
    [InlineData("a = \"open")]
    public void Wrong_text_is_an_error(string text) => Assert.Throws<HoconParserException>(() => Parse(text));

    /// <summary>How a configuration reaches an actor system: HOCON with its environment resolved, printed, and read by Akka.</summary>
    [Fact]
    public void What_Hocon_prints_Akka_reads()
    {
        var hocon = Parse("""akka { remote.dot-netty.tcp { hostname = "::1", port = 0 }, cluster { seed-nodes = ["akka.tcp://s@[::1]:1"], roles = [relay], tick = 200 ms, "odd key" = "a, b = c" } }""");

        var akka = Akka.Configuration.ConfigurationFactory.ParseString(hocon.ToString());

        Assert.Equal("::1", akka.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal(["akka.tcp://s@[::1]:1"], akka.GetStringList("akka.cluster.seed-nodes"));
        Assert.Equal(["relay"], akka.GetStringList("akka.cluster.roles"));
        Assert.Equal(TimeSpan.FromMilliseconds(200), akka.GetTimeSpan("akka.cluster.tick"));
        Assert.Equal("a, b = c", akka.GetString("akka.cluster.\"odd key\""));
    }

    private static Config Parse(string text) => HoconConfigurationFactory.ParseString(text);
}
