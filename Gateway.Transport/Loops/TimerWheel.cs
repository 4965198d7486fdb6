using System.Numerics;

namespace Gateway.Transport;

/// <summary>
/// A hierarchical timer wheel with a tick of one millisecond: six levels of 64 buckets, each level 64 times coarser than the one below,
/// a bitmap of occupied buckets per level. A timer lies on the level of the highest digit (base 64) in which its deadline differs from
/// the present, so every occupied bucket lies ahead of the present and no bucket wraps.
/// </summary>
/// <param name="onFault">Told of exceptions from timers.</param>
internal sealed class TimerWheel(Action<Exception> onFault)
{
    private const int Bits = 6, Levels = 6;
    private const long Span = 1L << (Bits * Levels);

    private readonly LoopTimer?[] _buckets = new LoopTimer?[Levels << Bits];
    private readonly ulong[] _occupied = new ulong[Levels];
    private long _position;

    /// <summary>The present in milliseconds; the caller moves it, <see cref="Advance"/> runs what it made due.</summary>
    public long Now { get; set; }

    /// <summary>Timers that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a timer in, or moves it. It is due <paramref name="delay"/> milliseconds from now, at the next tick at the earliest.</summary>
    public void Add(LoopTimer timer, long delay)
    {
        timer.Cancel();
        timer.Wheel = this;
        timer.Deadline = Now + Math.Clamp(delay, 1, Span / 2);
        Count++;
        Insert(timer);
    }

    public void Remove(LoopTimer timer)
    {
        if (timer.Next is { } next)
            next.Previous = timer.Previous;
        if (timer.Previous is { } previous)
            previous.Next = timer.Next;
        else
        {
            _buckets[timer.Bucket] = timer.Next;
            if (timer.Next is null)
                _occupied[timer.Bucket >> Bits] &= ~(1UL << (timer.Bucket & 63));
        }
        timer.Next = timer.Previous = null;
        timer.Wheel = null;
        Count--;
    }

    /// <summary>Milliseconds until <see cref="Advance"/> has something to do; -1 when nothing waits.</summary>
    public long Delay => NextBucket(out var start) < 0 ? -1 : Math.Max(0, start - Now);

    /// <summary>Runs what is due at <see cref="Now"/>, in order of deadlines.</summary>
    public void Advance()
    {
        int bucket;
        while ((bucket = NextBucket(out var start)) >= 0 && start <= Now)
        {
            _position = Math.Max(_position, start);
            while (_buckets[bucket] is { } timer)
            {
                Remove(timer);
                if (timer.Deadline <= _position)
                    Run(timer);
                else
                {
                    timer.Wheel = this;
                    Count++;
                    Insert(timer);
                }
            }
        }
        _position = Math.Max(_position, Now);
    }

    private void Insert(LoopTimer timer)
    {
        var differing = (ulong)(timer.Deadline ^ _position);
        var level = differing == 0 ? 0 : Math.Min(BitOperations.Log2(differing) / Bits, Levels - 1);
        var slot = (int)(timer.Deadline >> (level * Bits)) & 63;
        timer.Bucket = level << Bits | slot;
        _occupied[level] |= 1UL << slot;
        timer.Next = _buckets[timer.Bucket];
        if (timer.Next is { } next)
            next.Previous = timer;
        _buckets[timer.Bucket] = timer;
    }

    /// <summary>The earliest occupied bucket, and the tick with which it begins; -1 when all are empty.</summary>
    private int NextBucket(out long start)
    {
        for (var level = 0; level < Levels; level++)
        {
            if (_occupied[level] == 0)
                continue;
            var slot = BitOperations.TrailingZeroCount(_occupied[level]);
            start = (_position >> ((level + 1) * Bits) << Bits | (long)slot) << (level * Bits);
            return level << Bits | slot;
        }
        start = 0;
        return -1;
    }

    private void Run(LoopTimer timer)
    {
        try
        {
            timer.OnDue();
        }
        catch (Exception fault)
        {
            onFault(fault);
        }
    }
}
