namespace Gateway.Transport;

/// <summary>
/// A timer of a loop, to be derived from or made by <see cref="Loop.Schedule(TimeSpan, Action)"/>. It is a node of the loop's wheel,
/// so scheduling, moving and cancelling it cost a few pointer writes and no allocation. Loop's thread only.
/// </summary>
public abstract class LoopTimer
{
    internal TimerWheel? Wheel;
    internal LoopTimer? Next, Previous;
    internal long Deadline;
    internal int Bucket;

    /// <summary>Whether it waits for its time.</summary>
    public bool IsScheduled => Wheel is not null;

    /// <summary>Takes it out of the wheel; harmless when it is not in it.</summary>
    public void Cancel() => Wheel?.Remove(this);

    /// <summary>The time has come. The timer is no longer scheduled and may be scheduled again from here.</summary>
    protected internal abstract void OnDue();
}
