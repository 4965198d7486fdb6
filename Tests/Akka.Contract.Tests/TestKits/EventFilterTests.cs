using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKits;

public sealed class EventFilterTests() : ContractTest("akka { loglevel = DEBUG, test.filter-leeway = 10s }")
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Each_level_can_be_expected()
    {
        EventFilter.Debug("message").ExpectOne(() => Log.Debug("message"));
        EventFilter.Info("message").ExpectOne(() => Log.Info("message"));
        EventFilter.Warning("message").ExpectOne(() => Log.Warning("message"));
        EventFilter.Error("message").ExpectOne(() => Log.Error("message"));
    }

    [Fact]
    public void A_message_is_told_whole_by_its_start_by_a_part_or_by_a_pattern()
    {
        EventFilter.Info("a long message").ExpectOne(() => Log.Info("a long message"));
        EventFilter.Info(start: "a long").ExpectOne(() => Log.Info("a long message"));
        EventFilter.Info(contains: "long").ExpectOne(() => Log.Info("a long message"));
        EventFilter.Info(new Regex("^a .* message$")).ExpectOne(() => Log.Info("a long message"));
    }

    [Fact]
    public void Nothing_else_counts()
    {
        Fails(() => EventFilter.Info("message").ExpectOne(Short, () => Log.Warning("message")));
        Fails(() => EventFilter.Info("message").ExpectOne(Short, () => Log.Info("another")));
        Fails(() => EventFilter.Info("message", source: "elsewhere").ExpectOne(Short, () => Log.Info("message")));
    }

    [Fact]
    public void The_number_counts()
    {
        EventFilter.Info("message").Expect(2, () => Twice(() => Log.Info("message")));
        Fails(() => EventFilter.Info("message").Expect(3, Short, () => Twice(() => Log.Info("message"))));
        Fails(() => EventFilter.Info("message").Expect(0, Soon, () => Log.Info("message")));
        EventFilter.Info("message").Expect(0, Short, () => Log.Info("another"));
    }

    [Fact]
    public void An_exception_is_told_by_its_type_and_by_its_message_or_that_of_the_event()
    {
        var cause = new ArgumentNullException("name", "cause");
        EventFilter.Exception<ArgumentException>().ExpectOne(() => Log.Error(cause, "event"));
        EventFilter.Exception<ArgumentException>("event").ExpectOne(() => Log.Error(cause, "event"));
        EventFilter.Exception<ArgumentException>(start: "cause").ExpectOne(() => Log.Error(cause, "event"));
        Fails(() => EventFilter.Exception<InvalidOperationException>().ExpectOne(Short, () => Log.Error(cause, "event")));
        Fails(() => EventFilter.Exception<ArgumentException>().ExpectOne(Short, () => Log.Error("no cause")));
    }

    [Fact]
    public void Inner_exceptions_are_searched_when_asked()
    {
        var outer = new InvalidOperationException("outer", new ArgumentException("inner"));
        EventFilter.Exception(typeof(ArgumentException), checkInnerExceptions: true).ExpectOne(() => Log.Error(outer, "event"));
    }

    [Fact]
    public void A_dead_letter_is_told_by_type_content_and_recipient()
    {
        var actor = Idle("gone");
        StopAndWait(actor);
        EventFilter.DeadLetter<string>().ExpectOne(() => actor.Tell("text"));
        EventFilter.DeadLetter<string>(text => text == "text").ExpectOne(() => actor.Tell("text"));
        EventFilter.DeadLetter<string>(source: "/user/gone").ExpectOne(() => actor.Tell("text"));
        Fails(() => EventFilter.DeadLetter<int>().ExpectOne(Short, () => actor.Tell("text")));
    }

    [Fact]
    public void An_event_can_be_told_by_a_predicate() =>
        EventFilter.Custom<Warning>(warning => warning.Message.ToString() == "careful").ExpectOne(() => Log.Warning("careful"));

    [Fact]
    public void Filters_can_be_joined()
    {
        EventFilter.Info("one").And.Warning("two").Expect(2, () =>
        {
            Log.Info("one");
            Log.Warning("two");
        });
    }

    [Fact]
    public void A_value_comes_back_from_the_action() =>
        Assert.Equal(42, EventFilter.Info("message").ExpectOne(() =>
        {
            Log.Info("message");
            return 42;
        }));

    [Fact]
    public async Task An_asynchronous_action_is_awaited() =>
        await EventFilter.Info("message").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Log.Info("message");
        });

    [Fact]
    public void What_is_muted_does_not_count_as_expected_elsewhere()
    {
        using (EventFilter.Info("muted").Mute())
            Log.Info("muted");
        EventFilter.Info("muted").ExpectOne(() => Log.Info("muted"));
        EventFilter.Info("muted").Mute(() => Log.Info("muted"));
    }

    private static void Twice(Action action)
    {
        action();
        action();
    }

    private static void Fails(Action expectation) => Assert.ThrowsAny<XunitException>(expectation);
}
