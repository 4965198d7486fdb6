using System.Diagnostics.CodeAnalysis;
using Gateway.Protocol;

namespace Gateway.Transport;

/// <summary>
/// Resolves names through the system's own configuration without ever blocking a loop: a bounded number of threads, a bounded queue, one
/// lookup for all who ask the same at the same time, and a bounded cache. Clients take turns, so that nobody's dead names hold up another's.
/// One serves all loops.
/// </summary>
public sealed class Resolver : IDisposable
{
    private readonly ResolverOptions _options;
    private readonly INameService _names;
    private readonly ResolverCache _cache;
    private readonly object _gate = new();
    private readonly Dictionary<Question, ResolverTurns.Lookup> _asked = [];
    private readonly ResolverTurns _turns;
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
        _turns = new ResolverTurns(_options);
    }

    /// <summary>Asks for the addresses of <paramref name="name"/> in one family. From the thread of <paramref name="loop"/>.</summary>
    /// <param name="client">For whom; the gateway itself when absent.</param>
    public ResolveQuery Lookup(Loop loop, string name, IpFamily family, IResolveHandler handler, IpLiteral client = default) =>
        Ask(loop, new Question(name.ToLowerInvariant(), family, default), handler, client);

    /// <summary>Asks for the name of <paramref name="address"/>. From the thread of <paramref name="loop"/>.</summary>
    /// <param name="client">For whom; the gateway itself when absent.</param>
    public ResolveQuery Reverse(Loop loop, in IpEndpoint address, IResolveHandler handler, IpLiteral client = default) =>
        Ask(loop, new Question("", address.Family, address.WithPort(0)), handler, client);

    /// <summary>Ends its threads when they come back from the system. Queries that wait are not answered any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private ResolveQuery Ask(Loop loop, Question question, IResolveHandler handler, IpLiteral client)
    {
        var query = new ResolveQuery(loop, handler);
        ResolveResult? known;
        lock (_gate)
            known = _cache.Find(question) ?? (question.IsSensible ? Enqueue(question, query, client) : ResolveResult.NotFound);
        if (known is not null)
            query.Deliver(known);
        return query;
    }

    /// <summary>Joins the lookup that is under way or begins one; or says that there are too many.</summary>
    private ResolveResult? Enqueue(Question question, ResolveQuery query, IpLiteral client)
    {
        var isNew = !_asked.TryGetValue(question, out var lookup);
        lookup ??= new ResolverTurns.Lookup(question);
        var mayRun = false;
        // One that waits for somebody else's turn waits for this client's too.
        if (!lookup.IsTaken && !_turns.TryAdd(lookup, client, out mayRun) && isNew)
            return ResolveResult.Overloaded;
        lookup.Askers.Add(query);
        _asked[question] = lookup;
        if (mayRun)
            CallThread();
        return null;
    }

    private void CallThread()
    {
        if (_idleThreads > 0)
        {
            _idleThreads--;
            Monitor.Pulse(_gate);
        }
        else if (_threads < _options.Threads)
        {
            _threads++;
            new Thread(Work) { Name = "resolver", IsBackground = true }.Start();
        }
    }

    private void Work()
    {
        while (Next(out var lookup, out var client))
        {
            var question = lookup.Question;
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
            lock (_gate)
            {
                result = _cache.Renew(question, result);
                _asked.Remove(question);
                _turns.End(client);
            }
            lookup.Askers.ForEach(asker => asker.Deliver(result));
        }
    }

    /// <summary>The next lookup that somebody still wants answered; false when the thread shall end.</summary>
    private bool Next([NotNullWhen(true)] out ResolverTurns.Lookup? lookup, [NotNullWhen(true)] out ResolverTurns.Client? client)
    {
        lock (_gate)
        {
            while (!_disposed)
            {
                if (!_turns.TryTake(out lookup, out client))
                {
                    _idleThreads++;
                    Monitor.Wait(_gate);
                }
                else if (!lookup.IsTaken && lookup.Askers.Exists(asker => !asker.IsCancelled))
                {
                    lookup.IsTaken = true;
                    return true;
                }
                else
                {
                    if (!lookup.IsTaken)
                        _asked.Remove(lookup.Question);
                    lookup.IsTaken = true;
                    _turns.End(client);
                }
            }
            (lookup, client) = (null, null);
            return false;
        }
    }

    /// <summary>What is asked: a name and a family, or an address.</summary>
    internal readonly record struct Question(string Name, IpFamily Family, IpEndpoint Address)
    {
        /// <summary>A name that some name service could know (RFC 1035 §2.3.4; a NUL would end it early).</summary>
        public bool IsSensible => Address.Family != IpFamily.None || (Name.Length is > 0 and < 256 && !Name.Contains('\0'));
    }
}
