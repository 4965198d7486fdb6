namespace Gateway.Transport;

/// <summary>
/// Numbers for the sockets of a loop, which epoll hands back with every event. A number that was released is given out again only after
/// <see cref="Recycle"/>, so that an event that is still in the present batch never reaches its next holder. Number 0 is the loop's own.
/// </summary>
internal sealed class SlotTable
{
    private readonly Stack<int> _free = new();
    private readonly List<int> _released = [];
    private IPollable?[] _slots = new IPollable?[256];
    private int _used = 1, _count;

    /// <summary>Numbers in use. Any thread.</summary>
    public int Count => Volatile.Read(ref _count);

    public IPollable? this[int slot] => _slots[slot];

    public int Take(IPollable pollable)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            if (slot == _slots.Length)
                Array.Resize(ref _slots, slot * 2);
        }
        _slots[slot] = pollable;
        _count++;
        return slot;
    }

    public void Release(int slot)
    {
        _slots[slot] = null;
        _released.Add(slot);
        _count--;
    }

    public void Recycle()
    {
        foreach (var slot in _released)
            _free.Push(slot);
        _released.Clear();
    }

    /// <summary>Those in use now, safe against changes while it is walked.</summary>
    public IEnumerable<IPollable> Live() => _slots.OfType<IPollable>().ToArray();
}
