using Akka.Actor;

namespace Akka.Contract.Tests.Dispatchers;

public sealed class DispatcherLifeTests() : ContractTest("""
    made-once { type = "Akka.Contract.Tests.Dispatchers.OwnThreadConfigurator, Akka.Contract.Tests", counter = made-once }
    shut-down { type = "Akka.Contract.Tests.Dispatchers.OwnThreadConfigurator, Akka.Contract.Tests", counter = shut-down }
    """)
{
    private static readonly Props Naming = Scripted.By((_, context) => context.Sender.Tell(Thread.CurrentThread.Name ?? ""));

    [Fact]
    public void A_configurator_is_made_once_and_asked_for_a_dispatcher_for_each_actor()
    {
        for (var actor = 0; actor < 3; actor++)
            Sys.ActorOf(Naming.WithDispatcher("made-once")).Tell("who?");
        Assert.Equal(["own", "own", "own"], ReceiveN(3));
        var (made, asked, _) = OwnThreadConfigurator.Counters["made-once"];
        Assert.Equal((1, 3), (made, Math.Min(asked, 3)));
    }

    [Fact]
    public void A_dispatcher_is_shut_down_after_its_last_actor_and_can_be_used_again()
    {
        StopAndWait(Sys.ActorOf(Naming.WithDispatcher("shut-down")));
        AwaitCondition(() => OwnThreadConfigurator.Counters["shut-down"].Shutdowns == 1, Soon);
        Sys.ActorOf(Naming.WithDispatcher("shut-down")).Tell("who?");
        ExpectMsg("own");
    }
}
