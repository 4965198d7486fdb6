namespace Gateway.Actors.Status;

/// <summary>
/// Tells of a chain that has had no way for a while, and of one that has a way again. It looks from the pool: many chains through many members
/// take longer to look at than the sockets of a loop should wait. One look at a time.
/// </summary>
internal sealed class ChainWatch(GatewayEvents events)
{
    /// <summary>From look to look.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>So long a chain is waited for: a cluster needs a moment to form, and a leg that failed is often back at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Break> _broken = [];

    /// <summary>Looks every <see cref="Interval"/>, until what it returns is disposed of.</summary>
    /// <param name="events">Where it tells.</param>
    /// <param name="chains">Those of the settings in force.</param>
    /// <param name="time">The clock.</param>
    public static IDisposable Start(GatewayEvents events, Func<IReadOnlyList<ChainView>> chains, TimeProvider time)
    {
        var watch = new ChainWatch(events);
        ITimer? timer = null;
        timer = time.CreateTimer(_ =>
        {
            watch.Look(chains(), time.GetElapsedTime(0));
            timer!.Change(Interval, Timeout.InfiniteTimeSpan);
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(Interval, Timeout.InfiniteTimeSpan);
        return timer;
    }

    /// <param name="chains">All that the settings have.</param>
    /// <param name="now">On a clock that only goes forward.</param>
    public void Look(IReadOnlyList<ChainView> chains, TimeSpan now)
    {
        foreach (var name in _broken.Keys.Except(chains.Select(chain => chain.Name)).ToList())
            _broken.Remove(name);
        foreach (var chain in chains)
        {
            if (!chain.IsMissed)
                Mend(chain.Name);
            else if (!_broken.TryGetValue(chain.Name, out var known))
                _broken[chain.Name] = new(now, IsTold: false);
            else if (!known.IsTold && now - known.Since >= Patience)
            {
                _broken[chain.Name] = known with { IsTold = true };
                events.Add(GatewayEventKind.ChainBroken, chain.Name, $"has no way: {chain.WhyNot}");
            }
        }
    }

    private void Mend(string name)
    {
        if (_broken.Remove(name, out var known) && known.IsTold)
            events.Add(GatewayEventKind.ChainRestored, name, "has a way again");
    }

    private readonly record struct Break(TimeSpan Since, bool IsTold);
}
