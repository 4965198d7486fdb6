using Akka.Actor;

namespace Akka.Contract.Tests.Supervision;

public sealed class DefaultStrategyTests : ContractTest
{
    private readonly IActorRef _parent;

    public DefaultStrategyTests() => _parent = Sys.ActorOf(Supervisor.With(null), "parent");

    [Fact]
    public void An_exception_restarts()
    {
        var child = Child(Props.Create(() => new Fragile()));
        child.Tell("count");
        child.Tell(new InvalidOperationException());
        child.Tell("count");
        Assert.Equal([1, 1], ReceiveN(2));
    }

    [Fact]
    public void A_failed_start_stops()
    {
        var child = Child(Props.Create(() => new Unborn()));
        Watch(child);
        ExpectTerminated(child);
    }

    [Fact]
    public void Kill_stops()
    {
        var child = Child(Props.Create(() => new Fragile()));
        Watch(child);
        child.Tell(Kill.Instance);
        ExpectTerminated(child);
    }

    [Fact]
    public void A_death_pact_stops()
    {
        var friend = Idle("friend");
        var child = Child(Scripted.By((message, context) =>
        {
            if (message is Terminated)
                throw new DeathPactException(friend);
            context.Watch(friend);
            context.Sender.Tell("watching");
        }));
        Watch(child);
        child.Tell("watch");
        ExpectMsg("watching");
        Sys.Stop(friend);
        ExpectTerminated(child);
    }

    [Fact]
    public void A_top_level_actor_is_restarted_by_the_guardian()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Fragile()));
        actor.Tell("count");
        actor.Tell(new InvalidOperationException());
        actor.Tell("count");
        Assert.Equal([1, 1], ReceiveN(2));
    }

    [Fact]
    public void Props_can_carry_a_strategy_for_the_children()
    {
        var parent = Sys.ActorOf(Supervisor.With(null).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop)));
        parent.Tell("child");
        var child = ExpectMsg<IActorRef>();
        Watch(child);
        child.Tell(new InvalidOperationException());
        ExpectTerminated(child);
    }

    private IActorRef Child(Props props)
    {
        _parent.Tell(props);
        return ExpectMsg<IActorRef>();
    }

    private sealed class Unborn : ReceiveActor
    {
        public Unborn() => throw new InvalidOperationException("never");
    }
}
