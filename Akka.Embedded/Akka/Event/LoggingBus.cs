using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Events to actors by type; a subscription covers derived types and implementations. Publishing reads one immutable table, which each
/// change of subscriptions replaces.
/// </summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Type, HashSet<IActorRef>> _subscriptions = [];
    private volatile ConcurrentDictionary<Type, IActorRef[]> _receivers = new();
    private volatile LogLevel _logLevel;

    /// <summary>Less urgent log events are not even made.</summary>
    public LogLevel LogLevel => _logLevel;

    public override bool Subscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(classifier, out var subscribers))
                _subscriptions[classifier] = subscribers = [];
            if (!subscribers.Add(subscriber))
                return false;
            _receivers = new();
            return true;
        }
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            var any = false;
            foreach (var subscribers in _subscriptions.Values)
                any |= subscribers.Remove(subscriber);
            if (any)
                _receivers = new();
            return any;
        }
    }

    public override bool Unsubscribe(IActorRef subscriber, Type classifier)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(classifier, out var subscribers) || !subscribers.Remove(subscriber))
                return false;
            _receivers = new();
            return true;
        }
    }

    public override void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var receivers = _receivers;
        var type = @event.GetType();
        if (!receivers.TryGetValue(type, out var subscribers))
            receivers[type] = subscribers = SubscribersOf(type);
        foreach (var subscriber in subscribers)
            subscriber.Tell(@event, ActorRefs.NoSender);
    }

    /// <summary>Changes what is logged, at once.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        _logLevel = logLevel;
        lock (_gate)
        {
            foreach (var logger in Loggers)
            {
                foreach (var level in LogLevels.All)
                {
                    if (level >= logLevel)
                        Subscribe(logger, level.ClassFor());
                    else
                        Unsubscribe(logger, level.ClassFor());
                }
            }
        }
    }

    internal List<IActorRef> Loggers { get; } = [];

    /// <summary>Logs to the console what happens before the loggers are there.</summary>
    public void StartStdoutLogger(Settings config)
    {
        var level = Logging.LogLevelFor(config.StdoutLogLevel);
        SubscribeFrom(config.StdoutLogger, level);
        _logLevel = level;
    }

    internal void AddLogger(IActorRef logger, LogLevel level)
    {
        lock (_gate)
            Loggers.Add(logger);
        SubscribeFrom(logger, level);
    }

    internal void UseLevel(LogLevel level) => _logLevel = level;

    private void SubscribeFrom(IActorRef logger, LogLevel least)
    {
        foreach (var level in LogLevels.All)
        {
            if (level >= least)
                Subscribe(logger, level.ClassFor());
        }
    }

    private IActorRef[] SubscribersOf(Type type)
    {
        lock (_gate)
        {
            var all = new HashSet<IActorRef>();
            foreach (var (channel, subscribers) in _subscriptions)
            {
                if (channel.IsAssignableFrom(type))
                    all.UnionWith(subscribers);
            }

            return [.. all];
        }
    }
}
