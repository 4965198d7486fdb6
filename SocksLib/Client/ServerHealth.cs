namespace SocksLib;

/// <summary>
/// Which servers failed lately, by the leg that led to them. One that failed is tried last until its time has come; the next use is its
/// trial. Safe from any thread.
/// </summary>
internal sealed class ServerHealth(SocksClientOptions options)
{
    private readonly Dictionary<(HopServer? From, HopServer To), Failures> _legs = [];

    private TimeSpan Now => options.Time.GetElapsedTime(0);

    private readonly record struct Failures(int Count, TimeSpan Until);

    /// <summary>As they were given, those that failed behind the others; of these the one first whose time comes first.</summary>
    public IReadOnlyList<HopServer> Order(HopServer? from, IReadOnlyList<HopServer> servers)
    {
        var now = Now;
        lock (_legs)
            return _legs.Count == 0 ? servers : [.. servers.OrderBy(to => RestsUntil((from, to), now))];
    }

    /// <summary>Whether it has not failed lately.</summary>
    public bool IsFit(HopServer? from, HopServer to)
    {
        var now = Now;
        lock (_legs)
            return RestsUntil((from, to), now) == TimeSpan.Zero;
    }

    public void Report(HopServer? from, HopServer to, LegOutcome outcome)
    {
        lock (_legs)
        {
            if (outcome == LegOutcome.Alive)
                _legs.Remove((from, to));
            else
                Fail((from, to));
        }
    }

    private TimeSpan RestsUntil((HopServer? From, HopServer To) leg, TimeSpan now) =>
        _legs.TryGetValue(leg, out var failed) && failed.Until > now ? failed.Until : TimeSpan.Zero;

    private void Fail((HopServer? From, HopServer To) leg)
    {
        var count = _legs.GetValueOrDefault(leg).Count + 1;
        var backoff = options.FirstBackoff * Math.Pow(2, Math.Min(count - 1, 30));
        _legs[leg] = new Failures(count, Now + (backoff < options.LongestBackoff ? backoff : options.LongestBackoff));
    }
}
