namespace Akka.Actor;

/// <summary>A set of references, cheap while it holds none or one.</summary>
internal struct WatcherSet
{
    private IActorRef? _single;
    private HashSet<IActorRef>? _many;

    public void Add(IActorRef watcher)
    {
        if (_many is not null)
            _many.Add(watcher);
        else if (_single is null)
            _single = watcher;
        else if (!_single.Equals(watcher))
            _many = [_single, watcher];
    }

    public void Remove(IActorRef watcher)
    {
        if (_many is not null)
            _many.Remove(watcher);
        else if (watcher.Equals(_single))
            _single = null;
    }

    public readonly IReadOnlyCollection<IActorRef> All => _many is not null ? [.. _many] : _single is not null ? [_single] : [];
}
