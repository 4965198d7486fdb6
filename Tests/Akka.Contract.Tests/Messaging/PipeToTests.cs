using Akka.Actor;

namespace Akka.Contract.Tests.Messaging;

public sealed class PipeToTests : ContractTest
{
    [Fact]
    public void A_result_becomes_a_message()
    {
        Task.FromResult(42).PipeTo(TestActor);
        ExpectMsg(42);
    }

    [Fact]
    public void A_result_that_is_not_there_yet_becomes_a_message_later()
    {
        var pending = new TaskCompletionSource<int>();
        pending.Task.PipeTo(TestActor);
        pending.SetResult(42);
        ExpectMsg(42);
    }

    [Fact]
    public void A_failure_becomes_a_failure_status()
    {
        var failure = new InvalidOperationException("oops");
        Task.FromException<int>(failure).PipeTo(TestActor);
        var cause = ExpectMsg<Status.Failure>().Cause;
        Assert.Same(failure, cause is AggregateException { InnerExceptions.Count: 1 } wrapped ? wrapped.InnerException : cause);
    }

    [Fact]
    public void A_cancellation_becomes_a_failure_status()
    {
        Task.FromCanceled<int>(new CancellationToken(true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<OperationCanceledException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void The_message_can_be_made_of_the_result()
    {
        Task.FromResult(42).PipeTo(TestActor, success: number => $"got {number}");
        ExpectMsg("got 42");
    }

    [Fact]
    public void The_message_can_be_made_of_the_failure()
    {
        Task.FromException<int>(new InvalidOperationException("oops")).PipeTo(TestActor, failure: failure => $"failed: {failure.GetBaseException().Message}");
        ExpectMsg("failed: oops");
    }

    [Fact]
    public void The_sender_can_be_named()
    {
        var sender = Idle("sender");
        Task.FromResult("piped").PipeTo(TestActor, sender);
        ExpectMsgFrom(sender, "piped");
    }

    [Fact]
    public void A_task_without_a_result_says_nothing_unless_it_is_told_what()
    {
        Task.CompletedTask.PipeTo(TestActor);
        Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        ExpectMsg("done");
    }

    [Fact]
    public void A_task_without_a_result_says_why_it_failed()
    {
        Task.FromException(new InvalidOperationException("oops")).PipeTo(TestActor);
        Assert.Equal("oops", ExpectMsg<Status.Failure>().Cause.GetBaseException().Message);
    }
}
