namespace Akka.Cluster.SBR;

/// <summary>
/// Counts the changes of reachability within one split: from whole to whole, whoever decided it. Milliseconds of a monotonic clock.
/// </summary>
internal sealed class Instability(TimeSpan stableAfter, TimeSpan downAllWhenUnstable)
{
    private const int TooFewToMatter = 2;

    private long _firstChange;
    private long _latestChange;
    private int _changes;

    public void Changed(long now, PartitionView view)
    {
        if (_changes++ == 0)
            _firstChange = now;
        _latestChange = now;
        Look(view);
    }

    /// <summary>Forgets a split that is over. Every node has to look, for any of them may lead in the next one.</summary>
    public void Look(PartitionView view)
    {
        if (view.IsWhole)
            Reset();
    }

    public void Reset() => _changes = 0;

    /// <summary>Changes keep coming, and none of the pauses between them was long enough to decide.</summary>
    public bool HasLastedTooLong(long now) =>
        downAllWhenUnstable > TimeSpan.Zero
        && _changes > TooFewToMatter
        && now - _latestChange < stableAfter.TotalMilliseconds
        && now - _firstChange > (stableAfter + downAllWhenUnstable).TotalMilliseconds;
}
