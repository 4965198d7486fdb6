using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Systems;

public sealed class ActorSystemTests : ContractTest
{
    [Fact]
    public async Task Terminate_stops_every_actor_and_completes()
    {
        var stopped = new TaskCompletionSource();
        Sys.ActorOf(Props.Create(() => new Ending(stopped)));
        await Sys.Terminate().WaitAsync(Soon);
        Assert.True(stopped.Task.IsCompleted);
        Assert.True(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Callbacks_of_the_end_are_called()
    {
        var called = new TaskCompletionSource();
        Sys.RegisterOnTermination(called.SetResult);
        await Sys.Terminate().WaitAsync(Soon);
        await called.Task.WaitAsync(Soon);
    }

    [Fact]
    public async Task Terminating_twice_is_terminating_once()
    {
        var first = Sys.Terminate();
        await Sys.Terminate().WaitAsync(Soon);
        await first.WaitAsync(Soon);
    }

    [Fact]
    public async Task No_actor_can_be_made_in_a_terminated_system()
    {
        await Sys.Terminate().WaitAsync(Soon);
        Assert.Throws<InvalidOperationException>(() => { Idle(); });
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("-dash")]
    [InlineData("")]
    public void A_system_name_must_be_a_word(string name) =>
        Assert.Throws<ArgumentException>(() => { ActorSystem.Create(name); });

    [Fact]
    public void A_system_knows_its_name_and_its_settings()
    {
        Assert.Equal("test", Sys.Name);
        Assert.Equal("INFO", Sys.Settings.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(10), Sys.Settings.Config.GetTimeSpan("akka.test.single-expect-default"));
    }

    [Fact]
    public async Task What_is_not_configured_has_Akkas_default()
    {
        var system = ActorSystem.Create("defaults", ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.loglevel = OFF"));
        Assert.Equal(30, system.Settings.Config.GetInt("akka.actor.default-dispatcher.throughput"));
        await system.Terminate().WaitAsync(Soon);
    }

    [Fact]
    public async Task A_setup_can_carry_the_configuration()
    {
        var config = ConfigurationFactory.ParseString("akka.stdout-loglevel = OFF, akka.loglevel = OFF, mine = 42");
        var system = ActorSystem.Create("setup", BootstrapSetup.Create().WithConfig(config));
        Assert.Equal(42, system.Settings.Config.GetInt("mine"));
        await system.Terminate().WaitAsync(Soon);
    }

    [Fact]
    public void The_uptime_grows()
    {
        var before = Sys.Uptime;
        AwaitCondition(() => Sys.Uptime > before);
    }

    [Fact]
    public void Two_systems_of_a_process_are_strangers()
    {
        var other = ActorSystem.Create("other", Sys.Settings.Config);
        try
        {
            Idle("here");
            other.ActorSelection("/user/here").Tell(new Identify(1), TestActor);
            Assert.Null(ExpectMsg<ActorIdentity>().Subject);
        }
        finally
        {
            Shutdown(other);
        }
    }

    private sealed class Ending(TaskCompletionSource stopped) : ReceiveActor
    {
        protected override void PostStop() => stopped.SetResult();
    }
}
