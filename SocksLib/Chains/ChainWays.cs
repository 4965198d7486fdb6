namespace SocksLib;

/// <summary>
/// The ways through a chain that are still open, the best first. When a hop breaks, only that hop is replaced, over the same hops before it;
/// when it has no other candidate there, the hop before it is replaced too, and so on. Who rests or is being tried is passed over.
/// </summary>
internal sealed class ChainWays(IReadOnlyList<IHopPool> pools)
{
    private readonly Candidate _here = new(null, null, null);

    /// <summary>The number of a hop for which somebody leads nowhere, because there is no candidate behind it; 0 when that was never met.</summary>
    public int Barren { get; private set; }

    /// <summary>
    /// The end of the best way: a last hop, or, where a name on the way must be resolved before it can be chosen further, that name.
    /// Null when there is none.
    /// </summary>
    public Candidate? First() => Below(_here, null);

    /// <summary>The end of the best way that does not pass <paramref name="broken"/>, as near to the same way as can be.</summary>
    public Candidate? InsteadOf(Candidate broken)
    {
        for (var (hop, previous) = (broken, broken.Previous); previous is not null; (hop, previous) = (previous, previous.Previous))
            if (Below(previous, hop) is { } next) return next;
        return null;
    }

    /// <summary>Another last hop behind the same hops.</summary>
    public Candidate? BesideLast(Candidate last) => Below(last.Previous!, last);

    /// <summary>The end of the best way that starts like the one to <paramref name="candidate"/>.</summary>
    public Candidate? Through(Candidate candidate) => Below(candidate, null);

    /// <summary>Takes in who has become a candidate since the pools were asked.</summary>
    public void Refresh() => _here.Refresh(pools);

    /// <summary>A server that the way has passed already is taken where there is nobody else.</summary>
    private Candidate? Below(Candidate candidate, Candidate? except) => Below(candidate, except, isPassed: false) ?? Below(candidate, except, isPassed: true);

    private Candidate? Below(Candidate candidate, Candidate? except, bool isPassed)
    {
        var pool = pools[candidate.Hop];
        if (candidate.Next(0, pool) is null) Barren = candidate.Hop + 1;
        for (var place = 0; candidate.Next(place, pool) is { } next; place++)
        {
            if (next.IsPassed != isPassed || next == except || next.IsBroken || next.IsResting || next.IsTaken || next.Waiting > 0) continue;
            if (next.IsName || next.Hop == pools.Count) return next;
            if (Below(next, null) is { } end) return end;
        }
        return null;
    }
}
