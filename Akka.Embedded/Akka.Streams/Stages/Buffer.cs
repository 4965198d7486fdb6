namespace Akka.Streams.Stages;

/// <summary>A bounded first-in-first-out buffer that knows what to drop.</summary>
internal sealed class Buffer<T>(int capacity)
{
    private readonly LinkedList<T> _elements = new();

    public bool IsFull => _elements.Count >= capacity;

    public bool IsEmpty => _elements.Count == 0;

    public int Capacity => capacity;

    public void Enqueue(T element) => _elements.AddLast(element);

    public T Dequeue()
    {
        var element = _elements.First!.Value;
        _elements.RemoveFirst();
        return element;
    }

    public void Clear() => _elements.Clear();

    /// <summary>Makes room in a full buffer.</summary>
    /// <param name="strategy">What to drop.</param>
    /// <returns>False if the new element is the one to drop.</returns>
    /// <exception cref="BufferOverflowException">The strategy is <see cref="OverflowStrategy.Fail"/>.</exception>
    public bool TryMakeRoom(OverflowStrategy strategy)
    {
        switch (strategy)
        {
            case OverflowStrategy.DropHead:
                _elements.RemoveFirst();
                return true;
            case OverflowStrategy.DropTail:
                _elements.RemoveLast();
                return true;
            case OverflowStrategy.DropBuffer:
                _elements.Clear();
                return true;
            case OverflowStrategy.DropNew:
                return false;
            default:
                throw new BufferOverflowException($"Buffer overflow (max capacity was: {capacity})!");
        }
    }
}
