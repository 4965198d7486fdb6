using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>The bus of a system. Subscribers that have terminated are dropped.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private readonly ConcurrentDictionary<IActorRef, IActorRef> _watched = new();
    private FunctionRef? _undertaker;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        var added = base.Subscribe(subscriber, channel);
        if (added && _debug)
            Note($"subscribing {subscriber} to channel {channel}");
        if (subscriber is LocalActorRef)
            WatchOver(subscriber);
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        if (_debug)
            Note($"unsubscribing {subscriber} from channel {channel}");
        return base.Unsubscribe(subscriber, channel);
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        if (_debug)
            Note($"unsubscribing {subscriber} from all channels");
        if (_watched.TryRemove(subscriber, out _))
            _undertaker?.Unwatch((IInternalActorRef)subscriber);
        return base.Unsubscribe(subscriber);
    }

    /// <summary>From here on the ends of subscribers are heard of.</summary>
    public void StartUnsubscriber(ActorSystemImpl system)
    {
        var path = system.SystemGuardian.Path / "eventStreamUnsubscriber";
        _undertaker = new FunctionRef(system.Provider, path, dead =>
        {
            _watched.TryRemove(dead, out _);
            base.Unsubscribe(dead);
        });
        foreach (var (subscriber, _) in _watched)
            _undertaker.Watch((IInternalActorRef)subscriber);
    }

    private void WatchOver(IActorRef subscriber)
    {
        if (_watched.TryAdd(subscriber, subscriber))
            _undertaker?.Watch((IInternalActorRef)subscriber);
    }

    private void Note(string what) => Publish(new Debug(nameof(EventStream), GetType(), what));
}
