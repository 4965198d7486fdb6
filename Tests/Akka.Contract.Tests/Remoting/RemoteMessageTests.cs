using Akka.Actor;
using Akka.Contract.Tests.Serialization;

namespace Akka.Contract.Tests.Remoting;

public sealed class RemoteMessageTests : RemoteTest
{
    [Fact]
    public async Task A_message_reaches_an_actor_of_another_system_and_its_answer_comes_back()
    {
        var there = await RunThere("echo", Echo);
        there.Tell("hello");
        ExpectMsgFrom(there, "hello");
        Assert.Equal($"{OtherAddress}/user/echo", there.Path.ToString());
    }

    [Fact]
    public async Task Messages_keep_their_order()
    {
        var there = await RunThere("echo", Echo);
        for (var number = 0; number < 2000; number++)
            there.Tell(number);
        Assert.Equal(Enumerable.Range(0, 2000), ReceiveN(2000, Soon).Cast<int>());
    }

    [Fact]
    public async Task A_question_is_answered()
    {
        var there = await RunThere("echo", Echo);
        Assert.Equal("question", await there.Ask<string>("question", Soon));
    }

    [Fact]
    public async Task A_failure_is_an_answer_too()
    {
        var there = await RunThere("failing", (_, context) =>
            context.Sender.Tell(new Status.Failure(new InvalidOperationException("because"))));
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => there.Ask<string>("why?", Soon));
        Assert.Contains("because", thrown.GetBaseException().Message);
    }

    [Fact]
    public async Task A_message_is_written_and_read_by_its_serializer()
    {
        var there = await RunThere("echo", Echo);
        there.Tell(new Note("dear friend"));
        ExpectMsg(new Note("dear friend"));
    }

    [Fact]
    public async Task Strings_numbers_and_octets_need_no_binding()
    {
        var there = await RunThere("echo", Echo);
        foreach (var message in new object[] { "text", 42, 4200000000L, new byte[] { 1, 2, 3 } })
        {
            there.Tell(message);
            ExpectMsg(message);
        }
    }

    [Fact]
    public async Task A_message_that_the_other_side_does_not_know_is_dropped_and_the_link_survives()
    {
        var there = await RunThere("echo", Echo);
        there.Tell(new Note(NoteSerializer.FromTheFuture));
        there.Tell("still there");
        ExpectMsg("still there");
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_dropped_and_the_link_survives()
    {
        var there = await RunThere("echo", Echo);
        there.Tell(new Note(new string('x', 200_000)));
        there.Tell("still there");
        ExpectMsg("still there");
    }

    [Fact]
    public async Task A_message_just_below_the_limit_arrives()
    {
        var there = await RunThere("length", (message, context) => context.Sender.Tell(((Note)message).Text.Length));
        there.Tell(new Note(new string('x', 120_000)));
        ExpectMsg(120_000);
    }

    [Fact]
    public async Task A_forwarded_message_keeps_its_sender_across_systems()
    {
        var echo = Other.ActorOf(Scripted.By(Echo), "echo");
        var between = await RunThere("between", (message, _) => echo.Forward(message));
        between.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal("echo", LastSender.Path.Name);
    }

    [Fact]
    public void A_selection_reaches_many_actors_of_another_system()
    {
        foreach (var name in new[] { "node-1", "node-2", "other" })
            Other.ActorOf(Scripted.By((_, context) => context.Sender.Tell(context.Self.Path.Name)), name);
        There("node-*").Tell("hello");
        ExpectMsgAllOf("node-1", "node-2");
    }

    [Fact]
    public void Identify_of_nothing_there_is_answered_without_a_subject()
    {
        There("nobody").Tell(new Identify("id"));
        Assert.Null(ExpectMsg<ActorIdentity>().Subject);
    }

    [Fact]
    public async Task A_poison_pill_works_across_systems()
    {
        var there = await RunThere("victim", Echo);
        Watch(there);
        there.Tell(PoisonPill.Instance);
        ExpectTerminated(there);
    }

    [Fact]
    public void An_own_address_leads_to_a_local_reference()
    {
        var here = Idle("here");
        var resolved = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{AddressOf(Sys)}/user/here");
        Assert.Equal(here, resolved);
        resolved.Tell(new Identify(1));
        Assert.Equal(here, ExpectMsg<ActorIdentity>().Subject);
    }

    [Fact]
    public async Task After_a_restart_of_the_other_system_its_new_actors_are_reached()
    {
        await RunThere("echo", Echo);
        await Other.Terminate().WaitAsync(Soon);
        StartOther(OtherAddress.Port!.Value).ActorOf(Scripted.By(Echo), "echo");
        IActorRef? again = null;
        await AwaitAssertAsync(async () => again = await There("echo").ResolveOne(TimeSpan.FromMilliseconds(500)), Soon);
        again!.Tell("new life");
        ExpectMsg("new life");
    }

    private static void Echo(object message, IActorContext context) => context.Sender.Tell(message);
}
