using Akka.Actor;

namespace Akka.Contract.Tests.Messaging;

public sealed class AskTests : ContractTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task An_answer_completes_the_question()
    {
        var actor = Run((message, context) => context.Sender.Tell($"{message}!"));
        Assert.Equal("hello!", await actor.Ask<string>("hello", Soon));
        Assert.Equal("hello!", await actor.Ask("hello", Soon));
    }

    [Fact]
    public async Task Many_questions_get_their_own_answers()
    {
        var actor = Run((message, context) => context.Sender.Tell(message));
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(number => actor.Ask<int>(number, Soon)));
        Assert.Equal(Enumerable.Range(0, 500), answers);
    }

    [Fact]
    public async Task Silence_ends_in_AskTimeoutException() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => Idle().Ask<string>("anyone?", Short));

    [Fact]
    public async Task A_stopped_actor_is_silent_too()
    {
        var actor = Idle();
        StopAndWait(actor);
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("anyone?", Short));
    }

    [Fact]
    public async Task A_failure_status_throws_its_cause()
    {
        var actor = Run((_, context) => context.Sender.Tell(new Status.Failure(new InvalidOperationException("because"))));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => actor.Ask<string>("why?", Soon));
        Assert.Equal("because", thrown.Message);
    }

    [Fact]
    public async Task A_failure_status_is_an_answer_for_who_asks_for_any_object()
    {
        var actor = Run((_, context) => context.Sender.Tell(new Status.Failure(new InvalidOperationException("because"))));
        Assert.IsType<Status.Failure>(await actor.Ask<object>("why?", Soon));
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_ArgumentException()
    {
        var actor = Run((_, context) => context.Sender.Tell(42));
        await Assert.ThrowsAsync<ArgumentException>(() => actor.Ask<string>("text?", Soon));
    }

    [Fact]
    public async Task A_question_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = Idle().Ask<string>("anyone?", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task A_question_has_no_time_limit_by_default()
    {
        var asked = new TaskCompletionSource<IActorRef>();
        var actor = Run((_, context) => asked.SetResult(context.Sender));
        var answer = actor.Ask<string>("think");
        var asking = await asked.Task.WaitAsync(Soon);
        Assert.False(answer.IsCompleted);
        asking.Tell("thought");
        Assert.Equal("thought", await answer.WaitAsync(Soon));
    }

    [Fact]
    public async Task The_question_can_be_made_with_the_address_of_its_answer()
    {
        var actor = Run((message, _) => ((IActorRef)message).Tell("through the message"));
        Assert.Equal("through the message", await actor.Ask<string>(self => self, Soon, CancellationToken.None));
    }

    [Fact]
    public async Task A_second_answer_is_a_dead_letter_or_nothing_and_changes_nothing()
    {
        var actor = Run((_, context) =>
        {
            context.Sender.Tell("first");
            context.Sender.Tell("second");
        });
        Assert.Equal("first", await actor.Ask<string>("?", Soon));
    }

    [Fact]
    public void An_actor_can_ask_and_go_on_when_the_answer_comes()
    {
        var oracle = Run((_, context) => context.Sender.Tell(42));
        var asking = Sys.ActorOf(Props.Create(() => new Asking(oracle)));
        asking.Tell("ask");
        ExpectMsg(42);
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        Run((_, context) => context.Sender.Tell("selected"), "oracle");
        Assert.Equal("selected", await Sys.ActorSelection("/user/oracle").Ask<string>("?", Soon));
    }

    private sealed class Asking : ReceiveActor
    {
        public Asking(IActorRef oracle) => ReceiveAsync<string>(async _ => Sender.Tell(await oracle.Ask<int>("?", Soon)));
    }
}
