using Akka.Actor;

namespace Akka.Remote;

/// <summary>Who here watches whom elsewhere, by node.</summary>
internal sealed class WatchedNodes
{
    private readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> _watchers = [];
    private readonly Dictionary<Address, HashSet<IInternalActorRef>> _watchees = [];

    public IReadOnlyCollection<Address> Nodes => _watchees.Keys;

    public IReadOnlyCollection<IInternalActorRef> WatcheesAt(Address node) => _watchees.TryGetValue(node, out var watchees) ? [.. watchees] : [];

    public IReadOnlyCollection<IInternalActorRef> WatchersOf(IInternalActorRef watchee) =>
        _watchers.TryGetValue(watchee, out var watchers) ? watchers : [];

    /// <summary>True: nobody watched it before.</summary>
    public bool Add(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (_watchers.TryGetValue(watchee, out var watchers))
        {
            watchers.Add(watcher);
            return false;
        }

        _watchers.Add(watchee, [watcher]);
        var node = watchee.Path.Address;
        if (_watchees.TryGetValue(node, out var watchees))
            watchees.Add(watchee);
        else
            _watchees.Add(node, [watchee]);
        return true;
    }

    /// <summary>True: nobody watches it any more.</summary>
    public bool Remove(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watchers.TryGetValue(watchee, out var watchers) || !watchers.Remove(watcher) || watchers.Count > 0)
            return false;
        Remove(watchee);
        return true;
    }

    public void Remove(IInternalActorRef watchee)
    {
        _watchers.Remove(watchee);
        var node = watchee.Path.Address;
        if (_watchees.TryGetValue(node, out var watchees) && watchees.Remove(watchee) && watchees.Count == 0)
            _watchees.Remove(node);
    }
}
