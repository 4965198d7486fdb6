using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKits;

public sealed class TestKitTests() : ContractTest("akka.test.timefactor = 2")
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void The_test_is_the_sender_of_what_it_tells()
    {
        Run((message, context) => context.Sender.Tell(message)).Tell("echo");
        ExpectMsg("echo");
    }

    [Fact]
    public async Task The_test_is_the_sender_after_an_await_too()
    {
        await Task.Yield();
        Run((message, context) => context.Sender.Tell(message)).Tell("echo");
        await ExpectMsgAsync("echo");
        Run((message, context) => context.Sender.Tell(message)).Tell("again");
        await ExpectMsgAsync("again");
    }

    [Fact]
    public void An_expectation_fails_when_nothing_comes_in_time() =>
        Fails(() => ExpectMsg<string>(Short));

    [Fact]
    public void An_expectation_fails_on_another_type() => Fails(() => ExpectMsg<string>(), 42);

    [Fact]
    public void An_expectation_fails_on_another_value() => Fails(() => ExpectMsg("this"), "that");

    [Fact]
    public void An_expectation_fails_when_its_predicate_does() => Fails(() => ExpectMsg<int>(number => number > 10), 1);

    [Fact]
    public void An_expectation_fails_on_another_sender() => Fails(() => ExpectMsgFrom<string>(Idle()), "hello");

    [Fact]
    public void An_expectation_of_nothing_fails_on_something() => Fails(() => ExpectNoMsg(Short), "something");

    [Fact]
    public void An_expected_message_can_be_described_in_many_ways()
    {
        for (var times = 0; times < 6; times++)
            TestActor.Tell(42);
        ExpectMsg<int>();
        ExpectMsg(42);
        ExpectMsg<int>(number => number == 42);
        ExpectMsg<int>((number, sender) => number == 42 && sender.Equals(TestActor));
        ExpectMsg<int>(number => Assert.Equal(42, number));
        ExpectMsgFrom(TestActor, 42);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Expectations_can_be_awaited()
    {
        foreach (var message in new object[] { 1, "two", 3 })
            TestActor.Tell(message);
        Assert.Equal(1, await ExpectMsgAsync<int>());
        await ExpectMsgAsync<string>(text => text == "two");
        await ExpectMsgFromAsync(TestActor, 3);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void One_of_several_can_be_expected()
    {
        TestActor.Tell("b");
        Assert.Equal("b", ExpectMsgAnyOf(["a", "b"]));
        Fails(() => ExpectMsgAnyOf(["a", "b"]), "c");
    }

    [Fact]
    public void All_of_several_can_be_expected_in_any_order()
    {
        TestActor.Tell("b");
        TestActor.Tell("a");
        ExpectMsgAllOf("a", "b");
        TestActor.Tell("a");
        Fails(() => ExpectMsgAllOf("a", "b"), "c");
    }

    [Fact]
    public void Fishing_ignores_what_is_not_wanted()
    {
        for (var number = 0; number < 10; number++)
            TestActor.Tell(number);
        Assert.Equal(7, FishForMessage<int>(number => number == 7));
        ExpectMsg(8);
        Fails(() => FishForMessage<int>(_ => false, Short));
    }

    [Fact]
    public void ReceiveWhile_stops_at_the_first_other_message_and_leaves_it()
    {
        foreach (var message in new object[] { "a", "b", 3, "d" })
            TestActor.Tell(message);
        Assert.Equal(["a", "b"], ReceiveWhile(Soon, message => message as string));
        ExpectMsg(3);
    }

    [Fact]
    public void ReceiveOne_is_null_when_nothing_comes() => Assert.Null(ReceiveOne(TimeSpan.Zero));

    [Fact]
    public void ReceiveN_fails_when_too_few_come()
    {
        TestActor.Tell(1);
        Fails(() => ReceiveN(2, Short));
    }

    [Fact]
    public void The_last_message_and_its_sender_are_known()
    {
        TestActor.Tell("hello");
        Assert.True(HasMessages);
        ExpectMsg<string>();
        Assert.Equal(("hello", TestActor), (LastMessage, LastSender));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Ignored_messages_are_not_received()
    {
        IgnoreMessages<int>(number => number < 10);
        foreach (var number in new[] { 1, 10, 2, 20 })
            TestActor.Tell(number);
        ExpectMsg(10);
        ExpectMsg(20);
        IgnoreNoMessages();
        TestActor.Tell(1);
        ExpectMsg(1);
    }

    [Fact]
    public void A_watch_stands_when_it_returns_and_can_be_ended()
    {
        var (one, two) = (Idle(), Idle());
        Watch(one);
        Watch(two);
        Unwatch(one);
        StopAndWait(one);
        Sys.Stop(two);
        ExpectTerminated(two);
    }

    [Fact]
    public void Time_is_dilated_by_the_factor()
    {
        Assert.Equal(TimeSpan.FromSeconds(6), Dilated(TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(20), RemainingOrDefault);
        Assert.Equal(2, TestKitSettings.TestTimeFactor);
    }

    [Fact]
    public void A_condition_is_awaited()
    {
        var tries = 0;
        AwaitCondition(() => ++tries == 3, Soon, TimeSpan.FromMilliseconds(1));
        Fails(() => AwaitCondition(() => false, Short));
    }

    [Fact]
    public void An_assertion_is_tried_until_it_holds_and_its_own_failure_is_told()
    {
        var tries = 0;
        AwaitAssert(() => Assert.Equal(3, ++tries), Soon, TimeSpan.FromMilliseconds(1));
        Assert.Throws<TrueException>(() => AwaitAssert(() => Assert.True(false), Short));
    }

    [Fact]
    public async Task Conditions_and_assertions_can_be_awaited_asynchronously()
    {
        var tries = 0;
        await AwaitConditionAsync(() => Task.FromResult(++tries == 3), Soon);
        await AwaitAssertAsync(() => Assert.Equal(5, ++tries), Soon, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Within_gives_expectations_one_deadline()
    {
        Within(Soon, () => Assert.InRange(Remaining, TimeSpan.FromSeconds(1), Soon * 2));
        Fails(() => Within(TimeSpan.FromMilliseconds(50), () => ExpectMsg<string>()));
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public void Within_fails_a_block_that_is_too_fast() =>
        Fails(() => Within(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), () => { }));

    [Fact]
    public void A_child_of_the_test_actor_tells_its_parent()
    {
        var child = ChildActorOf(Scripted.By((message, context) => context.Parent.Tell(message)));
        child.Tell("to parent");
        ExpectMsgFrom(child, "to parent");
    }

    [Fact]
    public void The_calling_thread_dispatcher_handles_a_message_before_the_tell_returns()
    {
        var handled = false;
        var actor = Sys.ActorOf(Scripted.By((_, _) => handled = true).WithDispatcher(Akka.TestKit.CallingThreadDispatcher.Id));
        actor.Tell(new Identify(1));
        ExpectMsg<ActorIdentity>();
        actor.Tell("now");
        Assert.True(handled);
    }

    [Fact]
    public void A_test_can_log()
    {
        EventFilter.Info("from the test").ExpectOne(() => Log.Info("from the test"));
    }

    private void Fails(Action expectation, object? message = null)
    {
        if (message is not null)
            TestActor.Tell(message);
        Assert.ThrowsAny<XunitException>(expectation);
    }
}
