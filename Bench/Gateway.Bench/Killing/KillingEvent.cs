namespace Gateway.Bench;

/// <summary>A node that goes and comes back.</summary>
/// <param name="Node">Which.</param>
/// <param name="Kind">How.</param>
/// <param name="Pause">Since the one before has come back.</param>
/// <param name="Absence">Until it is let back.</param>
internal sealed record KillingEvent(string Node, KillingKind Kind, TimeSpan Pause, TimeSpan Absence)
{
    /// <summary>Moments are UTC, as in the records of sessions.</summary>
    public DateTime Gone { get; set; }

    /// <summary>When it served again.</summary>
    public DateTime Back { get; set; } = DateTime.MaxValue;

    /// <summary>When a connection that began after <see cref="Back"/> went through it; null when none has.</summary>
    public DateTime? Used { get; set; }

    /// <summary>
    /// Each node goes in each way, in a random order and at random moments, until there are <paramref name="count"/> events. One goes at a
    /// time, so a candidate for every hop lives at every moment, although it may have come back just before. One of four stays away for
    /// longer than a chain's deadline, so that whoever waits for it fails.
    /// </summary>
    public static IReadOnlyList<KillingEvent> Schedule(int seed, int count, IReadOnlyList<string> nodes)
    {
        var random = new Random(seed);
        var events = new List<KillingEvent>();
        while (events.Count < count)
        {
            var all = nodes.SelectMany(node => Enum.GetValues<KillingKind>().Select(kind => (node, kind))).ToArray();
            random.Shuffle(all);
            events.AddRange(all.Select(one => new KillingEvent(one.node, one.kind, Between(0.3, 4), random.Next(4) > 0 ? Between(1, 6) : Between(16, 18))));
        }
        return events.GetRange(0, count);

        TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + random.NextDouble() * (most - least));
    }
}
