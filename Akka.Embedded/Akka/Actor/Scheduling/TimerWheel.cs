namespace Akka.Actor;

/// <summary>
/// Slots of work by due tick modulo their number (Varghese and Lauck, scheme 6). Adding and removing cost the same whatever the
/// delay. Used by one thread.
/// </summary>
internal sealed class TimerWheel(int slots)
{
    private readonly ScheduledWork?[] _slots = new ScheduledWork?[slots];
    private readonly int _mask = slots - 1;

    public int Count { get; private set; }

    public void Add(ScheduledWork work)
    {
        work.Slot = (int)(work.DueTick & _mask);
        work.Previous = null;
        work.Next = _slots[work.Slot];
        if (work.Next is not null)
            work.Next.Previous = work;
        _slots[work.Slot] = work;
        Count++;
    }

    public void Remove(ScheduledWork work)
    {
        if (work.Slot < 0)
            return;
        if (work.Previous is null)
            _slots[work.Slot] = work.Next;
        else
            work.Previous.Next = work.Next;
        if (work.Next is not null)
            work.Next.Previous = work.Previous;
        work.Slot = -1;
        work.Next = work.Previous = null;
        Count--;
    }

    public IEnumerable<ScheduledWork> All
    {
        get
        {
            foreach (var first in _slots)
            {
                for (var work = first; work is not null; work = work.Next)
                    yield return work;
            }
        }
    }

    /// <summary>Takes out what is due at <paramref name="tick"/>, earlier added first.</summary>
    public void TakeDue(long tick, List<ScheduledWork> due)
    {
        var start = due.Count;
        for (var work = _slots[tick & _mask]; work is not null;)
        {
            var next = work.Next;
            if (work.DueTick <= tick)
            {
                Remove(work);
                due.Add(work);
            }

            work = next;
        }

        due.Reverse(start, due.Count - start);
    }
}
