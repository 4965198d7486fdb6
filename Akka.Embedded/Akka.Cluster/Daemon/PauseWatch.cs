namespace Akka.Cluster;

/// <summary>
/// Notices that this process has been stopped for a while (SIGSTOP, a sleeping laptop, a starved machine): then it is not the others
/// who were silent.
/// </summary>
internal sealed class PauseWatch(TimeSpan interval, TimeSpan tolerance, Func<long> clock)
{
    private long? _last;

    /// <summary>To be called every <c>interval</c>. True: the last call was much longer ago than that.</summary>
    public bool HasPaused()
    {
        var now = clock();
        var paused = _last is { } last && now - last > (interval + tolerance).TotalMilliseconds;
        _last = now;
        return paused;
    }
}
