namespace Gateway.Actors.Listeners;

/// <summary>
/// The listeners, on all loops, that accept nobody because descriptors or memory have run out. That concerns the whole process, so the log
/// says it once, however many listeners there are.
/// </summary>
internal sealed class PausedListeners
{
    private int _count;

    /// <summary>Tells whether it is the first.</summary>
    public bool Add() => Interlocked.Increment(ref _count) == 1;

    /// <summary>Tells whether it was the last.</summary>
    public bool Remove() => Interlocked.Decrement(ref _count) == 0;
}
