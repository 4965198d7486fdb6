namespace Gateway.Actors.Status;

/// <summary>What happened lately at this gateway, and news of it for those who subscribe. Safe from any thread; nobody who reports waits for a reader.</summary>
/// <param name="node">The gateway's name.</param>
/// <param name="time">Tells the time of day.</param>
public sealed class GatewayEvents(string node, TimeProvider time)
{
    /// <summary>Events that are kept.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<GatewayEvent> _kept = new();
    private readonly List<EventSubscription> _subscriptions = [];
    private long _last;

    /// <summary>The gateway's name.</summary>
    public string Node => node;

    public void Add(GatewayEventKind kind, string subject, string message)
    {
        lock (_gate)
        {
            var added = new GatewayEvent(++_last, time.GetUtcNow(), node, kind, subject, message);
            _kept.Enqueue(added);
            if (_kept.Count > Capacity)
                _kept.Dequeue();
            foreach (var subscription in _subscriptions)
                subscription.Offer(added);
        }
    }

    /// <summary>Those that are kept and came behind the event with that number, oldest first.</summary>
    public IReadOnlyList<GatewayEvent> After(long number)
    {
        lock (_gate)
            return [.. _kept.Where(kept => kept.Number > number)];
    }

    /// <summary>Those of <see cref="After"/>, and then every further one, without a gap between.</summary>
    public EventSubscription Subscribe(long after)
    {
        lock (_gate)
        {
            var subscription = new EventSubscription(this);
            foreach (var kept in _kept.Where(kept => kept.Number > after))
                subscription.Offer(kept);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Returns when there is an event behind the one with that number, or it has taken too long.</summary>
    public async Task AwaitAsync(long after, TimeSpan patience)
    {
        using var subscription = Subscribe(after);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await subscription.Events.WaitToReadAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // There is none.
        }
    }

    internal void Unsubscribe(EventSubscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription);
    }
}
