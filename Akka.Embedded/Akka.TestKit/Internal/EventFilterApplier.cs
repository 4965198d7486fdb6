using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Mutes its filters, runs the action, and waits for as many matches as were expected.</summary>
internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<EventFilter> filters)
    : IEventFilterApplier
{
    public EventFilterFactory And => new(testkit, system, filters);

    private TimeSpan Leeway => testkit.TestKitSettings.TestEventFilterLeeway;

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, Leeway, Returning(action), cancellationToken);

    public void Expect(int expectedCount, TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Run(expectedCount, testkit.Dilated(timeout), Returning(action), cancellationToken);

    public T Expect<T>(int expectedCount, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(expectedCount, Leeway, func, cancellationToken);

    public T Expect<T>(int expectedCount, TimeSpan timeout, Func<T> func, CancellationToken cancellationToken = default) =>
        Run(expectedCount, testkit.Dilated(timeout), func, cancellationToken);

    public Task ExpectAsync(int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        RunAsync(expectedCount, Leeway, actionAsync, cancellationToken);

    public Task ExpectAsync(int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        RunAsync(expectedCount, testkit.Dilated(timeout), action, cancellationToken);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) => Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default) => Expect(1, func, cancellationToken);

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public IUnmutableFilter Mute() => new MutedEvents(system, filters);

    public void Mute(Action action, CancellationToken cancellationToken = default) => Mute(Returning(action), cancellationToken);

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        return func();
    }

    public async Task MuteAsync(Func<Task> action, CancellationToken cancellationToken = default)
    {
        using var muted = Mute();
        await action();
    }

    private T Run<T>(int expected, TimeSpan wait, Func<T> function, CancellationToken cancellation)
    {
        using var muted = Mute();
        using var matches = new MatchCounter(filters);
        var result = function();
        Judge(matches, expected, wait, matches.Wait(expected, wait, cancellation));
        return result;
    }

    private async Task RunAsync(int expected, TimeSpan wait, Func<Task> action, CancellationToken cancellation)
    {
        using var muted = Mute();
        using var matches = new MatchCounter(filters);
        await action();
        Judge(matches, expected, wait, await matches.WaitAsync(expected, wait, cancellation));
    }

    private void Judge(MatchCounter matches, int expected, TimeSpan wait, bool met)
    {
        var all = string.Join(", ", filters);
        testkit.Assertions.AssertTrue(
            met, "Expected {0} log events within {1}, but {2} matched [{3}]", expected, wait, matches.Count, all);
    }

    private static Func<object?> Returning(Action action) => () =>
    {
        action();
        return null;
    };
}
