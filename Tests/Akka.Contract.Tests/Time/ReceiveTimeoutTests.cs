using Akka.Actor;
using Akka.TestKit;

namespace Akka.Contract.Tests.Time;

public sealed class ReceiveTimeoutTests : ContractTest
{
    private readonly TestScheduler _clock;

    public ReceiveTimeoutTests()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"") =>
        _clock = (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Silence_brings_a_ReceiveTimeout()
    {
        Start(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void A_message_starts_the_silence_again()
    {
        var actor = Start(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Say(actor, "message");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Say(actor, "message");
        _clock.Advance(TimeSpan.FromSeconds(2));
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void A_timeout_can_come_again_and_again()
    {
        var actor = Start(TimeSpan.FromSeconds(1));
        for (var timeout = 0; timeout < 3; timeout++)
        {
            Settle(actor);
            _clock.Advance(TimeSpan.FromSeconds(1));
            ExpectMsg<ReceiveTimeout>();
        }
    }

    [Fact]
    public void A_message_that_does_not_influence_the_timeout_leaves_the_silence_alone()
    {
        var actor = Start(TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        actor.Tell(new Unnoticed());
        ExpectMsg<Unnoticed>();
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void A_timeout_can_be_switched_off()
    {
        var actor = Start(TimeSpan.FromSeconds(1));
        Say(actor, "off");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Say(actor, "message");
    }

    [Theory]
    [InlineData(Directive.Resume)]
    [InlineData(Directive.Restart)]
    public void A_failure_leaves_the_timeout_switched_on(Directive directive)
    {
        Sys.ActorOf(Supervisor.With(new OneForOneStrategy(_ => directive))).Tell(Script());
        var actor = ExpectMsg<IActorRef>();
        Say(actor, TimeSpan.FromSeconds(1));
        actor.Tell("fail");
        Settle(actor);
        _clock.Advance(TimeSpan.FromSeconds(1));
        ExpectMsg<ReceiveTimeout>();
    }

    private IActorRef Start(TimeSpan timeout)
    {
        var actor = Sys.ActorOf(Script());
        Say(actor, timeout);
        return actor;
    }

    private Props Script()
    {
        var test = TestActor;
        return Scripted.By((message, context) =>
        {
            if (message is "fail")
                throw new InvalidOperationException("asked to fail");
            if (message is TimeSpan given)
                context.SetReceiveTimeout(given);
            else if (message is "off")
                context.SetReceiveTimeout(null);
            if (message is not "settle")
                test.Tell(message);
        });
    }

    private void Say(IActorRef actor, object message)
    {
        actor.Tell(message);
        ExpectMsg(message);
        Settle(actor);
    }

    // The timeout is scheduled when a message has been handled, a moment after the test has heard of it.
    private void Settle(IActorRef actor)
    {
        actor.Tell(new Identify("settled"));
        ExpectMsg<ActorIdentity>();
        actor.Tell(new Identify("settled"));
        ExpectMsg<ActorIdentity>();
    }

    private sealed record Unnoticed : INotInfluenceReceiveTimeout;
}
