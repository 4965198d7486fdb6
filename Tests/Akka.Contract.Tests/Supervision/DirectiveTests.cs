using Akka.Actor;

namespace Akka.Contract.Tests.Supervision;

public sealed class DirectiveTests : ContractTest
{
    private static readonly Exception Failure = new InvalidOperationException("oops");

    [Fact]
    public void Resume_keeps_the_state()
    {
        var child = ChildUnder(new OneForOneStrategy(_ => Directive.Resume));
        child.Tell("count");
        child.Tell(Failure);
        child.Tell("count");
        Assert.Equal([1, 2], ReceiveN(2));
    }

    [Fact]
    public void Restart_loses_the_state()
    {
        var child = ChildUnder(new OneForOneStrategy(_ => Directive.Restart));
        child.Tell("count");
        child.Tell(Failure);
        child.Tell("count");
        Assert.Equal([1, 1], ReceiveN(2));
    }

    [Fact]
    public void Stop_ends_the_child()
    {
        var child = ChildUnder(new OneForOneStrategy(_ => Directive.Stop));
        Watch(child);
        child.Tell(Failure);
        ExpectTerminated(child);
    }

    [Fact]
    public void Escalate_makes_the_failure_the_parents_own()
    {
        var decided = new List<Exception>();
        var top = Sys.ActorOf(Supervisor.With(new OneForOneStrategy(failure =>
        {
            lock (decided)
                decided.Add(failure);
            return Directive.Stop;
        })));
        top.Tell(Supervisor.With(new OneForOneStrategy(_ => Directive.Escalate)));
        var middle = ExpectMsg<IActorRef>();
        middle.Tell("bottom");
        var bottom = ExpectMsg<IActorRef>();
        Watch(middle);
        bottom.Tell(Failure);
        ExpectTerminated(middle);
        lock (decided)
            Assert.Same(Failure, Assert.Single(decided));
    }

    [Fact]
    public void A_decider_judges_by_the_exception()
    {
        var child = ChildUnder(new OneForOneStrategy(failure => failure is ArgumentException ? Directive.Resume : Directive.Stop));
        Watch(child);
        child.Tell("count");
        child.Tell(new ArgumentNullException());
        child.Tell("count");
        Assert.Equal([1, 2], ReceiveN(2));
        child.Tell(Failure);
        ExpectTerminated(child);
    }

    [Fact]
    public void A_failure_concerns_its_child_alone_with_one_for_one()
    {
        var parent = Sys.ActorOf(Supervisor.With(new OneForOneStrategy(_ => Directive.Restart)));
        var (one, two) = (Child(parent, "one"), Child(parent, "two"));
        two.Tell("count");
        ExpectMsg(1);
        one.Tell(Failure);
        one.Tell("count");
        ExpectMsg(1);
        two.Tell("count");
        ExpectMsg(2);
    }

    [Fact]
    public void A_failure_restarts_every_child_with_all_for_one()
    {
        var parent = Sys.ActorOf(Supervisor.With(new AllForOneStrategy(_ => Directive.Restart)));
        var (one, two) = (Child(parent, "one"), Child(parent, "two"));
        two.Tell("count");
        ExpectMsg(1);
        one.Tell(Failure);
        one.Tell("count");
        ExpectMsg(1);
        // The parent takes no message before it has dealt with the failure.
        Child(parent, "three");
        two.Tell("count");
        ExpectMsg(1);
    }

    [Fact]
    public void A_failure_can_stop_every_child_with_all_for_one()
    {
        var parent = Sys.ActorOf(Supervisor.With(new AllForOneStrategy(_ => Directive.Stop)));
        var (one, two) = (Child(parent, "one"), Child(parent, "two"));
        Watch(one);
        Watch(two);
        one.Tell(Failure);
        var gone = ReceiveN(2).Cast<Terminated>().Select(terminated => terminated.ActorRef.Path.Name);
        Assert.Equal(["one", "two"], gone.Order());
    }

    [Fact]
    public void A_handled_failure_is_logged_with_the_childs_path()
    {
        var child = ChildUnder(new OneForOneStrategy(_ => Directive.Restart));
        EventFilter.Exception<InvalidOperationException>("oops", source: child.Path.ToStringWithoutAddress())
            .ExpectOne(() => child.Tell(Failure));
    }

    [Fact]
    public void A_strategy_can_be_told_not_to_log()
    {
        var strategy = new OneForOneStrategy(-1, 1000, _ => Directive.Restart, false);
        var child = ChildUnder(strategy);
        EventFilter.Exception<InvalidOperationException>().Expect(0, TimeSpan.FromMilliseconds(200), () => child.Tell(Failure));
    }

    private IActorRef ChildUnder(SupervisorStrategy strategy) => Child(Sys.ActorOf(Supervisor.With(strategy)), "child");

    private IActorRef Child(IActorRef parent, string name)
    {
        parent.Tell(name);
        return ExpectMsg<IActorRef>();
    }
}
