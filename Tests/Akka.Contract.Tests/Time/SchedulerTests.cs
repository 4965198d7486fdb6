using System.Diagnostics;
using Akka.Actor;

namespace Akka.Contract.Tests.Time;

public sealed class SchedulerTests : ContractTest
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    /// <summary>Longer than a busy machine keeps a thread from the next line of a test.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_message_comes_once_and_not_before_its_time()
    {
        var watch = Stopwatch.StartNew();
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "tick", ActorRefs.NoSender);
        ExpectMsg("tick");
        Assert.True(watch.Elapsed >= Short, $"after {watch.Elapsed}");
    }

    [Fact]
    public void A_message_can_come_again_and_again_until_it_is_cancelled()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TestActor, "tick", ActorRefs.NoSender);
        Assert.Equal(Enumerable.Repeat("tick", 5), ReceiveN(5));
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
    }

    [Fact]
    public void A_cancelled_message_does_not_come()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(Long, TestActor, "cancelled", ActorRefs.NoSender);
        cancelable.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Long + Short, TestActor, "marker", ActorRefs.NoSender);
        ExpectMsg("marker");
    }

    [Fact]
    public void One_cancelable_can_stop_several()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(Long, TestActor, 1, ActorRefs.NoSender, cancelable);
        Sys.Scheduler.ScheduleTellOnce(Long, TestActor, 2, ActorRefs.NoSender, cancelable);
        cancelable.Cancel();
        Sys.Scheduler.ScheduleTellOnce(Long + Short, TestActor, "marker", ActorRefs.NoSender);
        ExpectMsg("marker");
    }

    [Fact]
    public void What_is_due_earlier_comes_first()
    {
        Sys.Scheduler.ScheduleTellOnce(Long, TestActor, "second", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "first", ActorRefs.NoSender);
        Assert.Equal(["first", "second"], ReceiveN(2));
    }

    [Fact]
    public void The_sender_is_the_one_given()
    {
        var sender = Idle("sender");
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "tick", sender);
        ExpectMsgFrom(sender, "tick");
    }

    [Fact]
    public void An_action_can_be_scheduled()
    {
        var test = TestActor;
        Sys.Scheduler.Advanced.ScheduleOnce(Short, () => test.Tell("done"));
        ExpectMsg("done");
    }

    [Fact]
    public void A_negative_delay_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(-1), TestActor, "never", ActorRefs.NoSender));

    [Fact]
    public void A_cancelable_runs_what_is_registered_with_it()
    {
        using var cancelable = new Cancelable(Sys.Scheduler);
        var cancelled = false;
        cancelable.Token.Register(() => cancelled = true);
        cancelable.Cancel();
        Assert.True(cancelled);
    }
}
