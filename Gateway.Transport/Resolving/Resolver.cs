using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// Resolves names through the system's own configuration without ever blocking a loop: a bounded number of threads, a bounded queue, one
/// lookup for all who ask the same at the same time, and a bounded cache. One serves all loops.
/// </summary>
public sealed class Resolver : IDisposable
{
    private readonly ResolverOptions _options;
    private readonly INameService _names;
    private readonly ResolverCache _cache;
    private readonly object _gate = new();
    private readonly Dictionary<Question, List<ResolveQuery>> _asked = [];
    private readonly Queue<Question> _waiting = new();
    private int _threads, _idleThreads;
    private bool _disposed;

    /// <param name="options">Limits.</param>
    /// <param name="names">The blocking lookups; by default the system's.</param>
    /// <param name="time">Tells how old an answer is.</param>
    public Resolver(ResolverOptions? options = null, INameService? names = null, TimeProvider? time = null)
    {
        _options = options ?? new ResolverOptions();
        _names = names ?? new SystemNames();
        _cache = new ResolverCache(_options, time ?? TimeProvider.System);
    }

    /// <summary>Asks for the addresses of <paramref name="name"/> in one family. From the thread of <paramref name="loop"/>.</summary>
    public ResolveQuery Lookup(Loop loop, string name, IpFamily family, IResolveHandler handler) =>
        Ask(loop, new Question(name.ToLowerInvariant(), family, default), handler);

    /// <summary>Asks for the name of <paramref name="address"/>. From the thread of <paramref name="loop"/>.</summary>
    public ResolveQuery Reverse(Loop loop, in IpEndpoint address, IResolveHandler handler) =>
        Ask(loop, new Question("", address.Family, address.WithPort(0)), handler);

    /// <summary>Ends its threads when they come back from the system. Queries that wait are not answered any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private ResolveQuery Ask(Loop loop, Question question, IResolveHandler handler)
    {
        var query = new ResolveQuery(loop, handler);
        ResolveResult? known;
        lock (_gate)
            known = _cache.Find(question) ?? (question.IsSensible ? Enqueue(question, query) : ResolveResult.NotFound);
        if (known is not null)
            query.Deliver(known);
        return query;
    }

    /// <summary>Joins the lookup that is under way or begins one; or says that there are too many.</summary>
    private ResolveResult? Enqueue(Question question, ResolveQuery query)
    {
        if (_asked.TryGetValue(question, out var askers))
        {
            askers.Add(query);
            return null;
        }
        if (_waiting.Count >= _options.Queue)
            return ResolveResult.Overloaded;
        _asked.Add(question, [query]);
        _waiting.Enqueue(question);
        if (_idleThreads >= _waiting.Count)
            Monitor.Pulse(_gate);
        else if (_threads < _options.Threads)
        {
            _threads++;
            new Thread(Work) { Name = "resolver", IsBackground = true }.Start();
        }
        return null;
    }

    private void Work()
    {
        while (Next() is { } question)
        {
            ResolveResult result;
            try
            {
                result = question.Address.Family == IpFamily.None
                    ? _names.Lookup(question.Name, question.Family)
                    : _names.Reverse(question.Address);
            }
            catch (Exception)
            {
                result = ResolveResult.Temporary;
            }
            List<ResolveQuery>? askers;
            lock (_gate)
            {
                result = _cache.Renew(question, result);
                _asked.Remove(question, out askers);
            }
            askers!.ForEach(asker => asker.Deliver(result));
        }
    }

    /// <summary>The next question that somebody still wants answered; null when the thread shall end.</summary>
    private Question? Next()
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (!_waiting.TryDequeue(out var question))
                {
                    _idleThreads++;
                    Monitor.Wait(_gate);
                    _idleThreads--;
                }
                else if (_asked[question].TrueForAll(asker => asker.IsCancelled))
                    _asked.Remove(question);
                else
                    return question;
            }
            return null;
        }
    }

    /// <summary>What is asked: a name and a family, or an address.</summary>
    internal readonly record struct Question(string Name, IpFamily Family, IpEndpoint Address)
    {
        /// <summary>A name that some name service could know (RFC 1035 §2.3.4; a NUL would end it early).</summary>
        public bool IsSensible => Address.Family != IpFamily.None || (Name.Length is > 0 and < 256 && !Name.Contains('\0'));
    }
}
