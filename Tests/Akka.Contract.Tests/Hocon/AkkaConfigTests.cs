using Akka.Configuration;

namespace Akka.Contract.Tests.Hocon;

public class AkkaConfigTests
{
    [Fact]
    public void Settings_are_read_by_path()
    {
        var config = Parse("""
            # a comment
            akka {
              loglevel = WARNING
              actor.provider = cluster
              throughput = 30, deadline = 5s, size = 128000b, phi : 8.5, on = on, off = off
              roles = [entry, relay]
            }
            """);

        Assert.Equal("WARNING", config.GetString("akka.loglevel"));
        Assert.Equal("cluster", config.GetString("akka.actor.provider"));
        Assert.Equal(30, config.GetInt("akka.throughput"));
        Assert.Equal(30L, config.GetLong("akka.throughput"));
        Assert.Equal(TimeSpan.FromSeconds(5), config.GetTimeSpan("akka.deadline"));
        Assert.Equal(128_000, config.GetByteSize("akka.size", null));
        Assert.Equal(8.5, config.GetDouble("akka.phi"));
        Assert.True(config.GetBoolean("akka.on"));
        Assert.False(config.GetBoolean("akka.off"));
        Assert.Equal(["entry", "relay"], config.GetStringList("akka.roles"));
    }

    [Fact]
    public void A_missing_setting_is_its_default()
    {
        var config = Parse("a = 1");

        Assert.Equal((0, 5), (config.GetInt("b"), config.GetInt("b", 5)));
        Assert.Null(config.GetString("b"));
        Assert.Empty(config.GetStringList("b"));
        Assert.Null(config.GetConfig("b"));
        Assert.False(config.HasPath("b"));
        Assert.True(config.HasPath("a"));
    }

    [Fact]
    public void A_fallback_fills_what_is_missing()
    {
        var config = Parse("a { b = 1 }").WithFallback(Parse("a { b = 2, c = 3 }"));

        Assert.Equal((1, 3), (config.GetInt("a.b"), config.GetInt("a.c")));
        Assert.Equal((1, 3), (config.GetConfig("a")!.GetInt("b"), config.GetConfig("a")!.GetInt("c")));
    }

    [Fact]
    public void Infinite_is_a_duration() => Assert.Equal(Timeout.InfiniteTimeSpan, Parse("a = infinite").GetTimeSpan("a"));

    [Fact]
    public void An_empty_configuration_says_so()
    {
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.False(Parse("a = 1").IsEmpty);
    }

    private static Config Parse(string text) => ConfigurationFactory.ParseString(text);
}
