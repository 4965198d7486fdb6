using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Embedded.Tests.Actor;

public sealed class StartUpTests
{
    [Theory]
    [InlineData("akka.loglevel = LOUD", "akka.loglevel")]
    [InlineData("akka.loggers = [\"No.Such.Logger\"]", "akka.loggers")]
    [InlineData("akka.extensions = [\"No.Such.Extension\"]", "akka.extensions")]
    [InlineData("akka.actor.provider = nowhere", "akka.actor.provider")]
    [InlineData("akka.actor.guardian-supervisor-strategy = Nobody", "akka.actor.guardian-supervisor-strategy")]
    [InlineData("akka.actor.ask-timeout = soon", "akka.actor.ask-timeout")]
    [InlineData("akka.actor.default-dispatcher.throughput = many", "throughput")]
    [InlineData("akka.actor.default-dispatcher.throughput = 0", "throughput")]
    [InlineData("akka.actor.default-dispatcher.type = Nothing", "akka.actor.default-dispatcher.type")]
    [InlineData("akka.actor.serializers.x = Nothing", "akka.actor.serializers.x")]
    [InlineData("akka.actor.serialization-bindings { \"System.String\" = nothing }", "akka.actor.serialization-bindings")]
    [InlineData("akka.scheduler.tick-duration = 0", "akka.scheduler.tick-duration")]
    [InlineData("akka.scheduler.implementation = Nothing", "akka.scheduler.implementation")]
    [InlineData("akka.log-dead-letters = some", "akka.log-dead-letters")]
    [InlineData("akka.log-level = INFO", "akka.log-level")]
    [InlineData("akka.actr.provider = cluster", "akka.actr")]
    [InlineData("akka.actor.ask-timout = 1s", "akka.actor.ask-timout")]
    [InlineData("akka.actor.serialisers { x = y }", "akka.actor.serialisers")]
    [InlineData("akka { lgoers = [], actor.\"a.b\" = 1 }", "akka.lgoers, akka.actor.a.b")]
    [InlineData("akka { actor.provider = remote, remote.enabled-transports = [\"akka.remote.udp\"] }", "akka.remote.udp")]
    [InlineData("akka { actor.provider = remote, remote.enabled-transports = [] }", "akka.remote.enabled-transports")]
    [InlineData("akka { actor.provider = remote, remote.embedded.secret = \"\" }", "akka.remote.embedded.secret")]
    public void A_wrong_setting_is_named(string setting, string named)
    {
        var error = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("wrong", "akka.stdout-loglevel = OFF\n" + setting));
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("akka.persistence.journal.plugin = x")]
    [InlineData("akka.test.timefactor = 2")]
    [InlineData("akka.actor.creation-timeout = 10s")]
    [InlineData("akka.actor.my-dispatcher { type = PinnedDispatcher }")]
    [InlineData("akka.actor.busy-dispatcher.throughput = 100")]
    [InlineData("my-own.section = 1")]
    public async Task What_Akka_knows_and_ones_own_sections_and_dispatchers_are_taken(string setting) =>
        await ActorSystem.Create("right", "akka.stdout-loglevel = OFF, akka.loggers = []\n" + setting).Terminate();

    [Fact]
    public void The_types_that_are_not_looked_up_are_what_a_look_up_would_find()
    {
        Assert.NotEmpty(TypeNames.Known);
        foreach (var (name, type) in TypeNames.Known)
            Assert.Equal(Type.GetType(name) ?? typeof(ActorSystem).Assembly.GetType(name), type);
    }

    [Theory]
    [InlineData(0, "$a")]
    [InlineData(1, "$b")]
    [InlineData(63, "$~")]
    [InlineData(64, "$ab")]
    [InlineData(64 * 64, "$aab")]
    public void Generated_names_count_in_Akkas_digits(long number, string name) => Assert.Equal(name, ActorCell.GeneratedName(number));
}
