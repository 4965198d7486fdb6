using Akka.Actor;
using Akka.Cluster.SBR;
using Akka.Configuration;

namespace Akka.Embedded.Tests.Cluster;

public class ClusterSettingsTests
{
    [Fact]
    public void The_reference_can_be_read()
    {
        var settings = TestSettings.Of("");
        Assert.Equal(TimeSpan.FromSeconds(5), settings.SeedNodeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), settings.RetryUnsuccessfulJoinAfter);
        Assert.Null(settings.ShutdownAfterUnsuccessfulJoinSeedNodes);
        Assert.Equal(TimeSpan.FromSeconds(7), settings.WeaklyUpAfter);
        Assert.Equal(typeof(SplitBrainResolverProvider), settings.DowningProviderType);
    }

    [Theory]
    [InlineData("seed-nodes = [\"not an address\"]", "seed-nodes")]
    [InlineData("seed-nodes = [\"akka.tcp://other@h:1\"]", "names the system [other]")]
    [InlineData("seed-nodes = [\"akka://lab@h:1\"]", "akka.tcp")]
    [InlineData("gossip-interval = soon", "gossip-interval")]
    [InlineData("gossip-interval = 0s", "gossip-interval")]
    [InlineData("min-nr-of-members = 0", "min-nr-of-members")]
    [InlineData("downing-provider-class = \"No.Such, Type\"", "downing-provider-class")]
    [InlineData("gossip-different-view-probability = 2", "gossip-different-view-probability")]
    public void A_value_that_makes_no_sense_is_named(string hocon, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ConfigurationException>(() => TestSettings.Of(hocon)).Message);

    [Theory]
    [InlineData("active-strategy = keep-me", "keep-me")]
    [InlineData("stable-after = 0s", "stable-after")]
    [InlineData("active-strategy = static-quorum", "quorum-size")]
    public void A_strategy_that_makes_no_sense_is_named(string hocon, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<ConfigurationException>(
            () => new SplitBrainResolverSettings(TestSettings.Config($"split-brain-resolver {{ {hocon} }}"))).Message);

    [Theory]
    [InlineData("akka.cluster.seed-node = []", "akka.cluster.seed-node")]
    [InlineData("akka.cluster.failure-detector.treshold = 8", "akka.cluster.failure-detector.treshold")]
    [InlineData("akka.remote.dot-netty.tcp.prot = 1", "akka.remote.dot-netty.tcp.prot")]
    [InlineData("akka.cluster.use-dispatcher = nowhere", "akka.cluster.use-dispatcher")]
    [InlineData("akka.remote.watch-failure-detector.threshold = 0", "akka.remote.watch-failure-detector")]
    [InlineData("akka.remote.watch-failure-detector.heartbeat-interval = 0s", "akka.remote.watch-failure-detector.heartbeat-interval")]
    public void What_makes_no_sense_ends_the_start_and_is_named(string hocon, string expected)
    {
        var config = ConfigurationFactory.ParseString(hocon + "\nakka { actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");
        var thrown = Assert.ThrowsAny<ConfigurationException>(() => ActorSystem.Create("lab", config));
        Assert.Contains(expected, thrown.ToString());
    }

    [Theory]
    [InlineData("akka.remote { log-sent-messages = on, dot-netty.tcp { batching.enabled = false, enforce-ip-family = true } }")]
    [InlineData("akka.cluster { log-info-verbose = on, app-version = \"1.2.3\" }")]
    public async Task A_key_that_only_the_real_engine_reads_is_taken(string hocon)
    {
        var config = ConfigurationFactory.ParseString(
            hocon + "\nakka { loglevel = OFF, stdout-loglevel = OFF, actor.provider = cluster, remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 } }");
        await ActorSystem.Create("lab", config).Terminate();
    }

    [Fact]
    public void Users_choose_the_names_of_roles() =>
        Assert.Equal(2, TestSettings.Of("role { relay.min-nr-of-members = 2 }").MinNrOfMembersOfRole["relay"]);
}
