namespace Gateway.Transport;

/// <summary>Answers and their ages. Its owner holds the lock.</summary>
internal sealed class ResolverCache(ResolverOptions options, TimeProvider time)
{
    private readonly Dictionary<Resolver.Question, Entry> _entries = [];
    private readonly Queue<Entry> _byAge = new();

    private long Now => (long)time.GetElapsedTime(0, time.GetTimestamp()).TotalMilliseconds;

    /// <summary>The answer, if there is one that is young enough.</summary>
    public ResolveResult? Find(Resolver.Question question) =>
        _entries.TryGetValue(question, out var entry) && entry.Expires > Now ? entry.Result : null;

    /// <summary>
    /// Remembers an answer; not those that say nothing about the name. Returns what to tell: in place of a temporary failure the answer
    /// known before, if it is not too old.
    /// </summary>
    public ResolveResult Renew(Resolver.Question question, ResolveResult result)
    {
        if (result.Status == ResolveStatus.Temporary && _entries.TryGetValue(question, out var stale) && stale.Forgotten > Now)
        {
            stale.Expires = Now + (long)options.NegativeLifetime.TotalMilliseconds;
            return stale.Result;
        }
        Add(question, result);
        return result;
    }

    private void Add(Resolver.Question question, ResolveResult result)
    {
        var lifetime = result.Status switch
        {
            ResolveStatus.Found => options.PositiveLifetime,
            ResolveStatus.NotFound => options.NegativeLifetime,
            _ => TimeSpan.Zero,
        };
        if (lifetime <= TimeSpan.Zero || options.CacheEntries <= 0)
            return;
        while (_byAge.Count >= options.CacheEntries || (_byAge.TryPeek(out var oldest) && oldest.Forgotten <= Now))
        {
            var old = _byAge.Dequeue();
            if (_entries.TryGetValue(old.Question, out var current) && current == old)
                _entries.Remove(old.Question);
        }
        var expires = Now + (long)lifetime.TotalMilliseconds;
        var entry = new Entry(question, result, result.Status == ResolveStatus.Found ? expires + (long)options.StaleLifetime.TotalMilliseconds : expires)
        {
            Expires = expires,
        };
        _entries[question] = entry;
        _byAge.Enqueue(entry);
    }

    private sealed class Entry(Resolver.Question question, ResolveResult result, long forgotten)
    {
        public Resolver.Question Question => question;

        public ResolveResult Result => result;

        /// <summary>Until then it is told without asking.</summary>
        public required long Expires { get; set; }

        /// <summary>Until then it is better than nothing.</summary>
        public long Forgotten => forgotten;
    }
}
