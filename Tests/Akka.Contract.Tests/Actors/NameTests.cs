using Akka.Actor;

namespace Akka.Contract.Tests.Actors;

public sealed class NameTests : ContractTest
{
    [Fact]
    public void Actors_without_a_name_are_called_by_letters()
    {
        var test = TestActor;
        var parent = Run((_, context) => test.Tell(context.ActorOf(Scripted.By((_, _) => { })).Path.Name));
        parent.Tell(1);
        parent.Tell(2);
        Assert.Equal(["$a", "$b"], ReceiveN(2));
    }

    [Fact]
    public void A_name_is_unique_among_siblings()
    {
        Idle("taken");
        Assert.Throws<InvalidActorNameException>(() => Idle("taken"));
    }

    [Fact]
    public void A_name_stays_taken_until_its_actor_has_terminated()
    {
        var gate = new Gate();
        var actor = Run((_, _) => gate.Pass(), "busy");
        Watch(actor);
        actor.Tell("work");
        gate.AwaitVisitor();
        StopAtOnce(actor);
        Assert.Throws<InvalidActorNameException>(() => Idle("busy"));
        gate.Open();
        ExpectTerminated(actor);
        AwaitAssert(() => Idle("busy"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("$own")]
    public void A_name_must_be_a_path_element(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Idle(name));

    [Fact]
    public void A_path_tells_system_guardian_parent_and_name()
    {
        var test = TestActor;
        var parent = Run((_, context) => test.Tell(context.ActorOf(Scripted.By((_, _) => { }), "child")), "parent");
        parent.Tell("spawn");
        var child = ExpectMsg<IActorRef>();
        Assert.Equal("akka://test/user/parent/child", child.Path.ToString());
        Assert.Equal("/user/parent/child", child.Path.ToStringWithoutAddress());
        Assert.Equal(parent.Path, child.Path.Parent);
        Assert.Equal(["user", "parent", "child"], child.Path.Elements);
        Assert.Equal("test", child.Path.Address.System);
    }

    [Fact]
    public void Two_actors_of_one_name_are_different_actors_at_one_path()
    {
        var first = Idle("again");
        StopAndWait(first);
        var second = Again(Scripted.By((_, _) => { }), "again");
        Assert.NotEqual(first, second);
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
    }

    [Fact]
    public void A_message_to_an_earlier_actor_of_the_name_does_not_reach_the_later_one()
    {
        var test = TestActor;
        var first = Idle("reborn");
        StopAndWait(first);
        var second = Again(Scripted.By((message, _) => test.Tell(message)), "reborn");
        first.Tell("old");
        second.Tell("new");
        ExpectMsg("new");
    }

    [Fact]
    public void A_context_knows_its_children_by_name()
    {
        var test = TestActor;
        var parent = Run((_, context) =>
        {
            var child = context.ActorOf(Scripted.By((_, _) => { }), "one");
            test.Tell(context.Child("one").Equals(child));
            test.Tell(context.Child("two").IsNobody());
            test.Tell(context.GetChildren().Single().Equals(child));
            test.Tell(context.Parent.Path.Name);
        });
        parent.Tell("look");
        Assert.Equal([true, true, true, "user"], ReceiveN(4));
    }

    [Fact]
    public void A_path_can_be_read_from_text()
    {
        var path = ActorPath.Parse("akka.tcp://gateway@127.0.0.1:4053/user/a/b");
        Assert.Equal(new Address("akka.tcp", "gateway", "127.0.0.1", 4053), path.Address);
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.False(ActorPath.TryParse("no path", out _));
    }

    [Fact]
    public void An_address_reads_as_it_is_written()
    {
        var address = Address.Parse("akka.tcp://gateway@127.0.0.1:4053");
        Assert.Equal("akka.tcp://gateway@127.0.0.1:4053", address.ToString());
        Assert.Equal(("gateway", "127.0.0.1", 4053), (address.System, address.Host, address.Port));
        Assert.True(address.HasGlobalScope);
        Assert.Equal(address, new Address("akka.tcp", "gateway", "127.0.0.1", 4053));
    }

    [Fact]
    public void A_reference_reads_as_its_path_and_incarnation()
    {
        var actor = Idle("me");
        Assert.Equal($"[akka://test/user/me#{actor.Path.Uid}]", actor.ToString());
        Assert.Equal(actor.Path, actor.Path.Root / "user" / "me");
        Assert.Equal("/user/me", Sys.ActorSelection("/user/me").PathString);
    }

    // A parent may hear of the end of a child a moment after its watchers.
    private IActorRef Again(Props props, string name)
    {
        IActorRef? actor = null;
        AwaitAssert(() => actor = Sys.ActorOf(props, name));
        return actor!;
    }
}
