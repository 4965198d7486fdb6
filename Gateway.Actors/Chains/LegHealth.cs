using System.Collections.Concurrent;
using Gateway.Actors.Members;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// Which legs are out of use, and for how long; the same object for all loops, safe from any thread.
/// <code>
/// usable ──failed, or silent twice in a row──► ejected ──its time comes──► on trial ──alive──► usable
///                                                 ▲────────failed, twice the time────┘
/// </code>
/// Time is given to it, as what has passed since a fixed moment.
/// </summary>
/// <param name="self">This node's name: legs that start there are brought back by probes alone, all others also by a live trial.</param>
public sealed class LegHealth(string self)
{
    private readonly ConcurrentDictionary<Leg, LegRecord> _legs = new();

    /// <summary>How long a leg stays out of use after its first failure; doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Legs remembered. Beyond it nothing new is learned; names come from settings and members, so there are never so many.</summary>
    public int Capacity { get; init; } = 100_000;

    /// <summary>Something was learned here that all members should hear. Called on the thread that reported it.</summary>
    public event Action<LegNews>? Learned;

    /// <summary>Whether to try every other candidate first. A leg from elsewhere whose time has come is not: the next use is its trial.</summary>
    public bool IsEjected(Leg leg, TimeSpan now) =>
        _legs.TryGetValue(leg, out var record) && record.IsEjected && (leg.From == self || now < record.Due);

    /// <summary>
    /// Takes the trial of an ejected leg whose time has come. Of many that ask at once one is told yes, and a next one not before the
    /// leg's delay has passed again.
    /// </summary>
    public bool TryBeginTrial(Leg leg, TimeSpan now) => _legs.TryGetValue(leg, out var record) && record.TryBeginTrial(now, this);

    /// <summary>Takes in what a connection or a probe of this node taught.</summary>
    /// <param name="leg">Where.</param>
    /// <param name="outcome">What.</param>
    /// <param name="took">Until the answer, when there was one.</param>
    /// <param name="now">When.</param>
    public void Report(Leg leg, LegOutcome outcome, TimeSpan took, TimeSpan now)
    {
        if (Find(leg) is { } record && record.Take(outcome, took, now, this))
            Learned?.Invoke(new(leg, record.IsEjected, now));
    }

    /// <summary>Takes in what another member learned. What is older than what is known changes nothing.</summary>
    public void Hear(LegNews news)
    {
        if (news.IsEjected || _legs.ContainsKey(news.Leg))
            Find(news.Leg)?.Hear(news, this);
    }

    /// <summary>A server is there anew: what was known of the legs that lead to it is of no use.</summary>
    public void Forget(string to)
    {
        foreach (var (leg, record) in _legs)
            if (leg.To == to)
                record.Restore();
    }

    /// <summary>Forgets what was known of members that <paramref name="after"/> has anew, or within reach again.</summary>
    public void Follow(Topology before, Topology after)
    {
        foreach (var member in after.Others.Where(member => member.IsReachable))
            if (!before.Others.Any(known => known.IsReachable && known.Announced.Incarnation == member.Announced.Incarnation))
                Forget(member.Name);
    }

    /// <summary>How long the server at the end took to answer lately, a moving average; null when it never has.</summary>
    public TimeSpan? Latency(Leg leg) => _legs.TryGetValue(leg, out var record) ? record.Latency : null;

    /// <summary>The legs that are out of use.</summary>
    public IReadOnlyList<EjectedLeg> Ejected =>
        [.. _legs.Where(entry => entry.Value.IsEjected).Select(entry => new EjectedLeg(entry.Key, entry.Value.Failures, entry.Value.Due))];

    private LegRecord? Find(Leg leg) =>
        _legs.TryGetValue(leg, out var record) ? record : _legs.Count < Capacity ? _legs.GetOrAdd(leg, static _ => new()) : null;
}
