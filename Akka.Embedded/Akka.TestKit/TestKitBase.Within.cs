namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private TimeSpan? _end;
    private bool _lastExpectedNothing;

    /// <summary>The time left of the <c>Within</c> around this.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining => _end is null
        ? throw new InvalidOperationException("Remaining is known only within Within.")
        : RemainingOr(TimeSpan.Zero);

    /// <summary>The time left of the <c>Within</c> around this, or else <c>akka.test.single-expect-default</c>, dilated.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary><paramref name="duration"/>, dilated, or else <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration is { } given ? Dilated(given) : RemainingOrDefault;

    /// <summary><paramref name="duration"/> times <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration < TimeSpan.Zero
        ? throw new ArgumentException("Must not be negative", nameof(duration))
        : duration * TestKitSettings.TestTimeFactor;

    /// <summary><paramref name="timeout"/>, or else <c>akka.test.single-expect-default</c>.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    /// <summary>Gives all expectations in <paramref name="action"/> one deadline together; fails when it takes longer.</summary>
    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>As before; fails also when it takes less than <paramref name="min"/>.</summary>
    public void Within(
        TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within<object?>(min, max, () => { action(); return null; }, hint, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public T Within<T>(
        TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    public T Within<T>(
        TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (limit, start, outer) = Enter(min, max, hint);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = outer;
        }
        Leave(min, limit, start, epsilonValue, hint);
        return result;
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public async Task WithinAsync(
        TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (limit, start, outer) = Enter(TimeSpan.Zero, max, null);
        try
        {
            await actionAsync().ConfigureAwait(false);
        }
        finally
        {
            _end = outer;
        }
        Leave(TimeSpan.Zero, limit, start, epsilonValue, null);
    }

    /// <summary>The time left of the <c>Within</c> around this, or else <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) =>
        _end is not { } end ? duration : end > Now ? end - Now : TimeSpan.Zero;

    private (TimeSpan Limit, TimeSpan Start, TimeSpan? Outer) Enter(TimeSpan min, TimeSpan max, string? hint)
    {
        var start = Now;
        var left = _end is { } end ? end - start : TimeSpan.MaxValue;
        if (left < min)
            throw Failure($"Required min time {min} not possible, only {left} left{Hint(hint)}");
        var dilated = Dilated(max);
        var limit = dilated < left ? dilated : left;
        var outer = _end;
        _end = start + limit;
        _lastExpectedNothing = false;
        return (limit, start, outer);
    }

    private void Leave(TimeSpan min, TimeSpan limit, TimeSpan start, TimeSpan? epsilon, string? hint)
    {
        var took = Now - start;
        if (took < min)
            throw Failure($"Failed: Block took {took}, should have at least been {min}{Hint(hint)}");
        if (!_lastExpectedNothing && took > limit + (epsilon ?? TimeSpan.Zero))
            throw Failure($"Failed: Block took {took}, exceeding {limit}{Hint(hint)}");
    }
}
