using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class PropsTests : ContractTest
{
    [Fact]
    public void An_actor_is_made_by_an_expression() => Says("by expression", Props.Create(() => new Speaker("by expression")));

    [Fact]
    public void An_actor_is_made_by_its_type_and_arguments()
    {
        Says("by type", Props.Create<Speaker>("by type"));
        Says("by type", Props.Create(typeof(Speaker), "by type"));
    }

    [Fact]
    public void An_actor_is_made_by_its_constructor_without_arguments() => Says("default", Props.Create<Speaker>());

    [Fact]
    public void An_actor_is_made_by_a_producer() => Says("by producer", Props.CreateBy(new Producer()));

    [Fact]
    public void An_expression_is_evaluated_once_for_its_arguments_and_makes_a_new_actor_each_time()
    {
        var name = "first";
        var props = Props.Create(() => new Speaker(name));
        name = "second";
        Says("first", props);
        Assert.NotEqual(Sys.ActorOf(props), Sys.ActorOf(props));
    }

    [Fact]
    public void Props_are_values_that_derive_others()
    {
        var props = Props.Create<Speaker>();
        var elsewhere = props.WithDispatcher("somewhere");
        Assert.NotEqual("somewhere", props.Dispatcher);
        Assert.Equal("somewhere", elsewhere.Dispatcher);
        Assert.Equal(typeof(Speaker), elsewhere.Type);
    }

    [Fact]
    public void An_actor_cannot_be_made_by_hand()
    {
        Exception? failure = null;
        // A thread of its own: the test's thread counts as the test actor's.
        var thread = new Thread(() => failure = Record.Exception(() => new Speaker()));
        thread.Start();
        thread.Join();
        Assert.IsAssignableFrom<ActorInitializationException>(failure);
    }

    private void Says(string expected, Props props)
    {
        Sys.ActorOf(props).Tell("?");
        ExpectMsg(expected);
    }

    private sealed class Speaker : ReceiveActor
    {
        public Speaker()
            : this("default")
        {
        }

        public Speaker(string text) => ReceiveAny(_ => Sender.Tell(text));
    }

    private sealed class Producer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Speaker);

        public ActorBase Produce() => new Speaker("by producer");

        public void Release(ActorBase actor)
        {
        }
    }
}
