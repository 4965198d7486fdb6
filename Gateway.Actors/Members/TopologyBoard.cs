namespace Gateway.Actors.Members;

/// <summary>Shows the latest <see cref="Topology"/> to whoever looks, on any thread. It outlives the actor system that belongs to the cluster.</summary>
public sealed class TopologyBoard(Topology first)
{
    private readonly Lock _writing = new();
    private Topology _current = first;

    /// <summary>Old and new topology, one change at a time. Called on the thread that shows it: handlers do not block.</summary>
    public event Action<Topology, Topology>? Changed;

    public Topology Current => Volatile.Read(ref _current);

    /// <summary>Replaces the topology by what <paramref name="change"/> makes of it; the same object means no change.</summary>
    public void Update(Func<Topology, Topology> change)
    {
        lock (_writing)
        {
            var before = _current;
            var after = change(before);
            if (ReferenceEquals(before, after))
                return;
            Volatile.Write(ref _current, after);
            Changed?.Invoke(before, after);
        }
    }
}
