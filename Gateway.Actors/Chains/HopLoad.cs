using System.Collections.Concurrent;

namespace Gateway.Actors.Chains;

/// <summary>
/// How many sessions lead through each server, as far as this node knows: what a member announced last, and what this node has added since.
/// Safe from any thread.
/// </summary>
public sealed class HopLoad
{
    private readonly ConcurrentDictionary<string, Entry> _servers = new(StringComparer.Ordinal);

    /// <summary>A session leads through <paramref name="server"/> from now on.</summary>
    public void Enter(string server) => _servers.GetOrAdd(server, static _ => new()).Add(1);

    /// <summary>One that did is over.</summary>
    public void Leave(string server) => _servers.GetOrAdd(server, static _ => new()).Add(-1);

    /// <summary>The sessions of a server that announces nothing: those of this node.</summary>
    public int Of(string server) => _servers.TryGetValue(server, out var entry) ? entry.Own : 0;

    /// <summary>The sessions of a member. An announcement that differs from the last has counted what this node brought until then.</summary>
    public int Of(string member, int announced) => _servers.GetOrAdd(member, static _ => new()).With(announced);

    private sealed class Entry
    {
        private readonly Lock _gate = new();
        private int _own, _announced, _ownWhenAnnounced;

        public int Own => Volatile.Read(ref _own);

        public void Add(int sessions) => Interlocked.Add(ref _own, sessions);

        public int With(int announced)
        {
            lock (_gate)
            {
                if (announced != _announced)
                    (_announced, _ownWhenAnnounced) = (announced, Own);
                return announced + Math.Max(0, Own - _ownWhenAnnounced);
            }
        }
    }
}
