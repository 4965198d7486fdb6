using Akka.Actor;

namespace Akka.Contract.Tests.Messaging;

public sealed class StashTests : ContractTest
{
    [Fact]
    public void Unstashed_messages_go_ahead_of_later_ones_in_their_order()
    {
        var gate = new Gate();
        var actor = Sys.ActorOf(Props.Create(() => new Waiting(gate)));
        foreach (var message in new[] { "one", "two", "open", "three" })
            actor.Tell(message);
        gate.Open();
        Assert.Equal(["opened", "one", "two", "three"], ReceiveN(4));
    }

    [Fact]
    public void A_stashed_message_keeps_its_sender()
    {
        var gate = Gate.Opened();
        var actor = Sys.ActorOf(Props.Create(() => new Waiting(gate)));
        var other = CreateTestProbe();
        other.Send(actor, "mine");
        actor.Tell("open");
        ExpectMsg("opened");
        other.ExpectMsg("mine");
    }

    [Fact]
    public void One_message_can_be_unstashed_at_a_time()
    {
        var actor = Sys.ActorOf(Props.Create(() => new OneByOne()));
        foreach (var message in new[] { "one", "two", "open", "next" })
            actor.Tell(message);
        Assert.Equal(["one", "two"], ReceiveN(2));
    }

    [Fact]
    public void A_restart_brings_the_stashed_messages_back()
    {
        var gate = Gate.Opened();
        var actor = Sys.ActorOf(Props.Create(() => new Waiting(gate)));
        actor.Tell("one");
        actor.Tell("fail");
        actor.Tell("open");
        ExpectMsg("opened");
        ExpectMsg("one");
    }

    [Fact]
    public void The_same_message_cannot_be_stashed_twice()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Twice()));
        actor.Tell("stash");
        ExpectMsg("refused");
    }

    private sealed class Waiting : ReceiveActor, IWithUnboundedStash
    {
        private readonly Gate _gate;

        public Waiting(Gate gate)
        {
            _gate = gate;
            Closed();
        }

        public IStash Stash { get; set; } = null!;

        private void Closed()
        {
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException());
            Receive<string>(message => message == "open", _ =>
            {
                _gate.Pass();
                Sender.Tell("opened");
                Become(Open);
                Stash.UnstashAll();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        private void Open() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class OneByOne : ReceiveActor, IWithUnboundedStash
    {
        public OneByOne()
        {
            Receive<string>(message => message == "open", _ =>
            {
                Become(Open);
                Stash.Unstash();
            });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;

        private void Open()
        {
            Receive<string>(message => message == "next", _ => Stash.Unstash());
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    private sealed class Twice : ReceiveActor, IWithUnboundedStash
    {
        public Twice() => ReceiveAny(_ =>
        {
            Stash.Stash();
            Sender.Tell(Record.Exception(() => Stash.Stash()) is IllegalActorStateException ? "refused" : "taken");
        });

        public IStash Stash { get; set; } = null!;
    }
}
