namespace Gateway.Actors.Access;

/// <summary>
/// Slows down guessing of passwords and address IDs: after some failures in a row a client has to wait before the next try, twice as long
/// each time. One success, or long enough without a failure, and all is forgotten. Holds a bounded number of clients; when full it
/// forgets those that have been quiet longest. Time is given to it; safe from any thread.
/// </summary>
public sealed class GuessThrottle
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ClientKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _oldestFirst = [];

    private sealed class Entry(ClientKey client)
    {
        public ClientKey Client => client;
        public int Failures;
        public TimeSpan LastFailure;
    }

    /// <summary>Failures that cost nothing: people mistype.</summary>
    public int Free { get; init; } = 5;

    /// <summary>The wait after the first failure that costs; doubles with each further one.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Without a failure for this long, a client starts anew.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Clients remembered.</summary>
    public int Capacity { get; init; } = 50_000;

    /// <summary>How long this client still has to wait; zero when it may try.</summary>
    /// <param name="client">Who tries.</param>
    /// <param name="now">Time since any fixed moment, always the same one.</param>
    public TimeSpan WaitOf(ClientKey client, TimeSpan now)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(client, out var node))
                return TimeSpan.Zero;
            var remaining = node.Value.LastFailure + WaitAfter(node.Value.Failures) - now;
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    public void Failed(ClientKey client, TimeSpan now)
    {
        lock (_gate)
        {
            ForgetQuietOnes(now);
            if (_entries.TryGetValue(client, out var node))
                _oldestFirst.Remove(node);
            else
                _entries[client] = node = new(new(client));
            node.Value.Failures++;
            node.Value.LastFailure = now;
            _oldestFirst.AddLast(node);
            if (_entries.Count > Capacity)
                Forget(_oldestFirst.First!);
        }
    }

    public void Succeeded(ClientKey client)
    {
        lock (_gate)
            if (_entries.TryGetValue(client, out var node))
                Forget(node);
    }

    private TimeSpan WaitAfter(int failures)
    {
        if (failures < Free)
            return TimeSpan.Zero;
        var doublings = Math.Min(failures - Free, 30);
        var wait = FirstWait * (1L << doublings);
        return wait < LongestWait ? wait : LongestWait;
    }

    private void ForgetQuietOnes(TimeSpan now)
    {
        while (_oldestFirst.First is { } oldest && now - oldest.Value.LastFailure > ForgetAfter)
            Forget(oldest);
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Client);
        _oldestFirst.Remove(node);
    }
}
