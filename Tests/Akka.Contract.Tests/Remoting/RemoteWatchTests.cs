using Akka.Actor;

namespace Akka.Contract.Tests.Remoting;

public sealed class RemoteWatchTests : RemoteTest
{
    [Fact]
    public async Task The_end_of_an_actor_of_another_system_is_told()
    {
        var there = await RunThere("mortal", (_, context) => context.Stop(context.Self));
        Watch(there);
        there.Tell("stop");
        ExpectTerminated(there);
    }

    [Fact]
    public async Task What_an_actor_said_before_its_end_comes_before_the_news_of_it()
    {
        var there = await RunThere("talker", (_, context) =>
        {
            for (var number = 0; number < 100; number++)
                context.Sender.Tell(number);
            context.Stop(context.Self);
        });
        Watch(there);
        there.Tell("talk");
        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
        ExpectTerminated(there);
    }

    [Fact]
    public async Task Watching_an_actor_that_is_gone_tells_its_end()
    {
        var there = await RunThere("gone", (_, _) => { });
        var probe = CreateTestProbe();
        probe.Watch(there);
        there.Tell(PoisonPill.Instance);
        probe.ExpectTerminated(there);
        Watch(there);
        ExpectTerminated(there);
    }

    [Fact]
    public async Task An_ended_watch_tells_nothing()
    {
        var there = await RunThere("left", (_, _) => { });
        var stays = await RunThere("stays", (_, _) => { });
        Watch(there);
        Watch(stays);
        Unwatch(there);
        there.Tell(PoisonPill.Instance);
        stays.Tell(PoisonPill.Instance);
        ExpectTerminated(stays);
    }

    [Fact]
    public async Task The_end_of_a_whole_system_is_the_end_of_its_actors()
    {
        var there = await RunThere("passenger", (_, _) => { });
        Watch(there);
        await Other.Terminate().WaitAsync(Soon);
        ExpectTerminated(there, Soon);
    }
}
