using Akka.Actor;

namespace Akka.Contract.Tests.Messaging;

public sealed class SelectionTests : ContractTest
{
    [Fact]
    public void An_absolute_path_selects_one_actor()
    {
        Echo("a");
        Sys.ActorSelection("/user/a").Tell("hello");
        ExpectMsg("a got hello");
    }

    [Fact]
    public void A_full_path_selects_one_actor()
    {
        var actor = Echo("a");
        Sys.ActorSelection(actor.Path).Tell("hello");
        ExpectMsg("a got hello");
    }

    [Fact]
    public void A_star_selects_all_children()
    {
        Echo("a");
        Echo("b");
        Sys.ActorSelection("/user/*").Tell("hello");
        ExpectMsgAllOf("a got hello", "b got hello");
    }

    [Fact]
    public void A_pattern_selects_the_children_that_match()
    {
        Echo("node-1");
        Echo("node-2");
        Echo("other");
        Sys.ActorSelection("/user/node-?").Tell("hello");
        ExpectMsgAllOf("node-1 got hello", "node-2 got hello");
        Sys.ActorSelection("/user/oth*").Tell("hello");
        ExpectMsg("other got hello");
    }

    [Fact]
    public void A_star_in_the_middle_selects_grandchildren()
    {
        foreach (var name in new[] { "p1", "p2" })
        {
            Run((_, context) => context.Sender.Tell(context.ActorOf(Echoing("leaf"), "leaf")), name).Tell("spawn");
            ExpectMsg<IActorRef>();
        }
        Sys.ActorSelection("/user/*/leaf").Tell("hello");
        ExpectMsgAllOf("leaf got hello", "leaf got hello");
    }

    [Fact]
    public void A_relative_path_starts_at_the_context()
    {
        Echo("sibling");
        var actor = Run((_, context) => context.ActorSelection("../sibling").Tell("hello", context.Sender));
        actor.Tell("go");
        ExpectMsg("sibling got hello");
    }

    [Fact]
    public void A_selection_of_nothing_is_a_dead_letter()
    {
        EventFilter.DeadLetter<string>().ExpectOne(() => Sys.ActorSelection("/user/nobody").Tell("hello"));
    }

    [Fact]
    public async Task ResolveOne_finds_the_reference()
    {
        var actor = Echo("a");
        Assert.Equal(actor, await Sys.ActorSelection("/user/a").ResolveOne(Soon));
    }

    [Fact]
    public async Task ResolveOne_of_nothing_throws_ActorNotFoundException() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(Soon));

    [Fact]
    public void Identify_is_answered_by_the_actor_with_its_reference_and_the_message_id()
    {
        var actor = Echo("a");
        actor.Tell(new Identify("id"));
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal(("id", actor), (identity.MessageId, identity.Subject));
    }

    [Fact]
    public void Identify_of_nothing_is_answered_without_a_subject()
    {
        Sys.ActorSelection("/user/nobody").Tell(new Identify("id"));
        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal("id", identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public void Identify_of_a_stopped_actor_is_answered_without_a_subject()
    {
        var actor = Echo("a");
        StopAndWait(actor);
        Sys.ActorSelection(actor.Path).Tell(new Identify(1));
        Assert.Null(ExpectMsg<ActorIdentity>().Subject);
    }

    private static Props Echoing(string name) => Scripted.By((message, context) => context.Sender.Tell($"{name} got {message}"));

    private IActorRef Echo(string name) => Sys.ActorOf(Echoing(name), name);
}
