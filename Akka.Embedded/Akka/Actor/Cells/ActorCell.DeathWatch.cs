using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private DeathWatch? _deathWatch;

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    /// <summary>Watches, unless that is so already: the message of the first watch counts.</summary>
    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(Self))
            return watchee;
        var watching = (_deathWatch ??= new DeathWatch()).Watching;
        if (!watching.TryAdd(watchee, message))
            return watchee;
        HearOfNodes(watchee);
        // A child reports its end to its parent anyway.
        if (!Children.Contains(watchee))
            watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
        return watchee;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (_deathWatch is null || watchee.Equals(Self))
            return watchee;
        if (_deathWatch.Watching.Remove(watchee) && !Children.Contains(watchee))
            watchee.SendSystemMessage(new Unwatch(watchee, (IInternalActorRef)Self));
        _deathWatch.Queued.Remove(watchee);
        return watchee;
    }

    /// <summary>A <see cref="Terminated"/> for <paramref name="subject"/> is in the mailbox; with a message of its own if asked for.</summary>
    internal void TerminatedQueuedFor(IActorRef subject, object? customMessage) =>
        (_deathWatch ??= new DeathWatch()).Queued.TryAdd(subject, customMessage);

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_deathWatch is not null && _deathWatch.Queued.Remove(terminated.ActorRef, out var customMessage))
        {
            CurrentMessage = customMessage ?? terminated;
            ReceiveMessage(CurrentMessage);
        }
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_deathWatch is not null && _deathWatch.Watching.Remove(actor, out var message) && !IsTerminating)
        {
            TerminatedQueuedFor(actor, message);
            Self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
        }

        if (Children.Contains(actor))
            HandleChildTerminated(actor);
    }

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        var selfIsWatched = watchee.Equals(Self);
        var selfWatches = watcher.Equals(Self);
        if (selfIsWatched && !selfWatches)
        {
            if (watcher.Equals(Parent))
                return;
            (_deathWatch ??= new DeathWatch()).WatchedBy.Add(watcher);
            HearOfNodes(watcher);
        }
        else if (!selfIsWatched && selfWatches)
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(Self.Path.ToString(), LogClass, $"BUG: illegal Watch({watchee}, {watcher}) for {Self}"));
        }
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(Self))
            _deathWatch?.WatchedBy.Remove(watcher);
        else if (watcher.Equals(Self))
            Unwatch(watchee);
    }

    /// <summary>Those far away first: the word of a death must not overtake what they were told before by those nearby.</summary>
    private void TellWatchersWeDied()
    {
        if (_deathWatch is null)
            return;
        var watchers = _deathWatch.WatchedBy.All;
        foreach (var far in watchers)
            Notify((IInternalActorRef)far, local: false);
        foreach (var near in watchers)
            Notify((IInternalActorRef)near, local: true);

        void Notify(IInternalActorRef watcher, bool local)
        {
            if (watcher.IsLocal == local)
                watcher.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false));
        }
    }

    private void UnwatchAll()
    {
        if (_deathWatch is null)
            return;
        foreach (var watchee in _deathWatch.Watching.Keys)
        {
            if (!Children.Contains(watchee))
                ((IInternalActorRef)watchee).SendSystemMessage(new Unwatch((IInternalActorRef)watchee, (IInternalActorRef)Self));
        }

        _deathWatch.Watching.Clear();
        _deathWatch.Queued.Clear();
        if (_deathWatch.HearsOfNodes)
            AddressTerminatedTopic.Get(System).Unsubscribe(Self);
        _deathWatch.HearsOfNodes = false;
    }

    private void HearOfNodes(IInternalActorRef other)
    {
        if (other.IsLocal || _deathWatch!.HearsOfNodes)
            return;
        _deathWatch.HearsOfNodes = true;
        AddressTerminatedTopic.Get(System).Subscribe(Self);
    }

    /// <summary>A whole node was given up: its watchers are forgotten, its actors reported dead.</summary>
    private void AddressTerminated(Address address)
    {
        if (_deathWatch is null)
            return;
        foreach (var watcher in _deathWatch.WatchedBy.All)
        {
            if (watcher.Path.Address.Equals(address))
                _deathWatch.WatchedBy.Remove(watcher);
        }

        foreach (var watchee in _deathWatch.Watching.Keys.Where(watchee => watchee.Path.Address.Equals(address)).ToArray())
        {
            ((IInternalActorRef)Self).SendSystemMessage(
                new DeathWatchNotification(watchee, existenceConfirmed: Children.Contains(watchee), addressTerminated: true));
        }
    }
}
