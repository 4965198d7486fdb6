namespace Akka.TestKit.Internal;

/// <summary>Counts the matches of some filters, and waits for a number of them.</summary>
internal sealed class MatchCounter : IDisposable
{
    private readonly IReadOnlyList<EventFilter> _filters;
    private readonly SemaphoreSlim _matched = new(0);
    private int _count;

    public MatchCounter(IReadOnlyList<EventFilter> filters)
    {
        _filters = filters;
        foreach (var filter in filters)
            filter.Matched += Add;
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Whether there have been <paramref name="expected"/> matches, and no more, when that number was reached or
    /// <paramref name="timeout"/> was over. For 0 it takes all the time.
    /// </summary>
    public bool Wait(int expected, TimeSpan timeout, CancellationToken cancellation)
    {
        var end = DateTime.UtcNow + timeout;
        for (var match = 0; match < Math.Max(expected, 1); match++)
        {
            if (!_matched.Wait(Until(end), cancellation))
                break;
        }
        return Count == expected;
    }

    /// <inheritdoc cref="Wait"/>
    public async Task<bool> WaitAsync(int expected, TimeSpan timeout, CancellationToken cancellation)
    {
        var end = DateTime.UtcNow + timeout;
        for (var match = 0; match < Math.Max(expected, 1); match++)
        {
            if (!await _matched.WaitAsync(Until(end), cancellation))
                break;
        }
        return Count == expected;
    }

    public void Dispose()
    {
        foreach (var filter in _filters)
            filter.Matched -= Add;
    }

    private void Add()
    {
        Interlocked.Increment(ref _count);
        _matched.Release();
    }

    private static TimeSpan Until(DateTime end)
    {
        var left = end - DateTime.UtcNow;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
