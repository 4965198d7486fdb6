using Akka.Actor;
using Akka.Configuration;

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
    public void A_wrong_setting_is_named(string setting, string named)
    {
        var error = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("wrong", "akka.stdout-loglevel = OFF\n" + setting));
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData(0, "$a")]
    [InlineData(1, "$b")]
    [InlineData(63, "$~")]
    [InlineData(64, "$ab")]
    [InlineData(64 * 64, "$aab")]
    public void Generated_names_count_in_Akkas_digits(long number, string name) => Assert.Equal(name, ActorCell.GeneratedName(number));
}
