using Gateway.Actors.Settings;

namespace Gateway.Actors.Tests.Settings;

/// <summary>The language of the files: what is resolved before the parser, and what is refused because parsers read it differently.</summary>
public class HoconTests
{
    [Theory]
    [InlineData("socks64 {", "gateway.conf:1: this '{' is never closed")]
    [InlineData("socks64.listeners = [\n{ address = \"127.0.0.1:1\" }\n", "gateway.conf:1: this '[' is never closed")]
    [InlineData("socks64 { } }", "gateway.conf:1: '}' closes nothing")]
    [InlineData("socks64.node.name = \"g1\n", "gateway.conf:1: this quote is never closed")]
    [InlineData("socks64.max-hops\n", "gateway.conf:1: expected '=' or '{' after socks64.max-hops")]
    [InlineData("socks64.max-hops = # nothing", "gateway.conf:1: socks64.max-hops has no value")]
    [InlineData("a = 1\nsocks64.admin.address = 127.0.0.1:0", "gateway.conf:2: text with ':' must stand in quotes")]
    [InlineData("socks64.routes = [{ to = *.lab, via = direct }]", "gateway.conf:1: text with '*' must stand in quotes")]
    [InlineData("socks64.node.name = ${NO_SUCH_VARIABLE_HERE", "gateway.conf:1: this '${' is never closed")]
    public void What_is_no_hocon_is_reported_where_it_stands(string text, string problem) => Assert.Equal([problem], Files.Problems(text));

    [Fact]
    public void A_required_substitution_without_a_value_is_reported_with_its_line()
    {
        var problem = Assert.Single(Files.Problems("socks64 {\n  node { name = ${NO_SUCH_VARIABLE_HERE} }\n}"));
        Assert.StartsWith("gateway.conf:2: ", problem);
        Assert.Contains("NO_SUCH_VARIABLE_HERE", problem);
    }

    [Fact]
    public void An_environment_variable_is_substituted()
    {
        Environment.SetEnvironmentVariable("SOCKS64_TEST_TOKEN", "s3cret # not a comment");
        var settings = Files.Read("socks64.admin.token = ${?SOCKS64_TEST_TOKEN}");
        Assert.Equal("s3cret # not a comment", settings.Admin.Token?.Reveal());
    }

    [Fact]
    public void An_environment_variable_that_is_missing_leaves_what_was_there()
    {
        Assert.Null(Files.Read("socks64.admin.token = ${?NO_SUCH_VARIABLE_HERE}").Admin.Token);
        Assert.Equal("first", Files.Read("socks64.admin.token = first\nsocks64.admin.token = ${?NO_SUCH_VARIABLE_HERE}").Admin.Token?.Reveal());
    }

    [Fact]
    public void Included_values_are_overridden_by_later_ones_and_override_earlier_ones()
    {
        var settings = Files.Read(
            """
            socks64.limits { sessions = 1, handshakes = 1 }
            include "base.conf"
            socks64.limits { handshakes = 3 }
            """,
            ("base.conf", "{ socks64 { limits { sessions = 2, handshakes = 2 } } }"));
        Assert.Equal((2, 3), (settings.Limits.Sessions, settings.Limits.Handshakes));
    }

    [Fact]
    public void Includes_are_relative_to_the_file_that_includes()
    {
        var settings = Files.Read(
            "include file(\"conf.d/a.conf\")",
            ("conf.d/a.conf", "include required(\"b.conf\")"),
            ("conf.d/b.conf", "socks64.max-hops = 5"));
        Assert.Equal(5, settings.MaxHops);
    }

    [Fact]
    public void A_missing_include_is_a_problem_only_when_required()
    {
        Assert.Empty(Files.Problems("include \"other.conf\""));
        Assert.Equal(["gateway.conf:2: the required file other.conf cannot be read"], Files.Problems("\ninclude required(file(\"other.conf\"))"));
    }

    [Fact]
    public void A_file_that_includes_itself_is_reported()
    {
        Assert.Equal(
            ["b.conf:1: gateway.conf includes itself"],
            Files.Problems("include \"b.conf\"", ("b.conf", "include \"gateway.conf\"")));
    }

    [Theory]
    [InlineData("socks64 { include = \"x.conf\" }", "gateway.conf:1: include needs the name of a file in quotes: include \"other.conf\"")]
    [InlineData("include url(\"http://127.0.0.1/x.conf\")", "gateway.conf:1: only files can be included: include \"other.conf\"")]
    [InlineData("socks64 { included = 5 }", "gateway.conf:1: socks64.included: unknown key")]
    [InlineData("socks64 { \"include\" = 5 }", "gateway.conf:1: socks64.include: unknown key")]
    public void Include_is_a_word_of_the_language(string text, string problem) => Assert.Equal([problem], Files.Problems(text));

    [Fact]
    public void Several_files_are_one_and_the_last_one_wins()
    {
        var files = new Dictionary<string, string>
        {
            ["a.conf"] = "socks64 { max-hops = 3, node { name = a } }",
            ["b.conf"] = "{ socks64 { node { name = b } } }",
        };
        var loaded = SettingsLoader.Load(["a.conf", "b.conf"], files.GetValueOrDefault);
        Assert.Empty(loaded.Problems);
        Assert.Equal((3, "b"), (loaded.Settings.MaxHops, loaded.Settings.Node.Name));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        var loaded = SettingsLoader.Load(["missing.conf"], _ => null);
        Assert.Equal(["missing.conf: the file cannot be read"], loaded.Problems.Select(problem => problem.ToString()));
        Assert.False(loaded.IsUsable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF# nothing but a comment\n")]
    public void An_empty_file_gives_the_defaults(string text) => Assert.Equal(8, Files.Read(text).MaxHops);

    [Theory]
    [InlineData("socks64 = 5", "socks64: expected an object: { … }")]
    [InlineData("socks64.listeners = 5", "socks64.listeners: expected a list: [ … ]")]
    [InlineData("socks64.limits.sessions = [1]", "socks64.limits.sessions: expected one value, not a list or an object")]
    [InlineData("socks64.routes = [5]", "socks64.routes[0]: expected an object: { … }")]
    public void A_value_of_the_wrong_shape_is_reported(string text, string problem) =>
        Assert.Contains("gateway.conf:1: " + problem, Files.Problems(text));

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("\"2 seconds\"", 2_000)]
    [InlineData("1500", 1_500)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    public void Durations_have_the_units_of_hocon(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Files.Read($"socks64.timeouts.tcp-idle = {text}").Timeouts.TcpIdle);

    [Theory]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("5 parsecs")]
    [InlineData("99999999d")]
    public void What_is_no_duration_is_reported(string text) =>
        Assert.Equal(
            [$"gateway.conf:1: socks64.timeouts.connect: \"{text}\" is not a duration such as 250ms, 10s or 5m"],
            Files.Problems($"socks64.timeouts.connect = \"{text}\""));
}
