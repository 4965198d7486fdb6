namespace Gateway.Actors.Access;

/// <summary>Counts what the whole gateway holds, up to a limit; shared by all loops without a lock.</summary>
public sealed class Counter(int limit)
{
    private int _limit = limit;
    private int _count;

    /// <summary>A lower one than before sends nobody away.</summary>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set => Volatile.Write(ref _limit, value);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>False, and nothing counted, at the limit.</summary>
    public bool TryTake()
    {
        if (Interlocked.Increment(ref _count) <= Limit)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _count);
}
