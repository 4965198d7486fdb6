using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>
/// The incarnations of peers that have been given up: they may never speak to this system again. Markers go after
/// <paramref name="life"/>, and the oldest go first when there are too many. Safe to use from several threads.
/// </summary>
internal sealed class Quarantine(TimeSpan life, Clock clock)
{
    public const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Address, int), long> _until = [];
    private readonly Queue<(Address, int)> _order = new();

    public bool Contains(Address address, int uid)
    {
        lock (_lock)
            return _until.TryGetValue((address, uid), out var until) && until > clock();
    }

    /// <summary>False: it is there already.</summary>
    public bool Add(Address address, int uid)
    {
        lock (_lock)
        {
            var now = clock();
            while (_order.Count == Capacity || (_order.TryPeek(out var oldest) && _until[oldest] <= now))
                _until.Remove(_order.Dequeue());
            if (!_until.TryAdd((address, uid), now + (long)life.TotalMilliseconds))
                return false;
            _order.Enqueue((address, uid));
            return true;
        }
    }
}
