using Akka.Actor;

namespace Akka.Contract.Tests.Supervision;

public sealed class RestartLimitTests : ContractTest
{
    private static readonly Exception Failure = new InvalidOperationException("oops");

    [Fact]
    public void The_fourth_failure_within_the_window_stops_a_child_that_may_be_restarted_three_times()
    {
        var child = ChildUnder(new OneForOneStrategy(3, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);
        for (var failure = 0; failure < 3; failure++)
        {
            child.Tell(Failure);
            child.Tell("count");
            ExpectMsg(1);
        }
        child.Tell(Failure);
        ExpectTerminated(child);
    }

    [Fact]
    public void Restarts_are_unlimited_by_default()
    {
        var child = ChildUnder(new OneForOneStrategy(_ => Directive.Restart));
        for (var failure = 0; failure < 50; failure++)
            child.Tell(Failure);
        child.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void No_restart_allowed_means_that_the_first_failure_stops()
    {
        var child = ChildUnder(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);
        child.Tell(Failure);
        ExpectTerminated(child);
    }

    [Fact]
    public void A_resumed_failure_does_not_count()
    {
        var child = ChildUnder(new OneForOneStrategy(1, TimeSpan.FromMinutes(1), _ => Directive.Resume));
        for (var failure = 0; failure < 5; failure++)
            child.Tell(Failure);
        child.Tell("count");
        ExpectMsg(1);
    }

    private IActorRef ChildUnder(SupervisorStrategy strategy)
    {
        Sys.ActorOf(Supervisor.With(strategy)).Tell("child");
        return ExpectMsg<IActorRef>();
    }
}
