namespace Akka.Cluster;

/// <summary>An immutable map from node to a growing number, kept sorted, so that two of them compare and merge in one walk.</summary>
internal sealed class NodeVersions
{
    public static readonly NodeVersions Empty = new([]);

    private readonly KeyValuePair<UniqueAddress, long>[] _entries;

    private NodeVersions(KeyValuePair<UniqueAddress, long>[] entries) => _entries = entries;

    public int Count => _entries.Length;

    public ReadOnlySpan<KeyValuePair<UniqueAddress, long>> Entries => _entries;

    /// <summary>Zero for a node that is not in the map.</summary>
    public long this[UniqueAddress node]
    {
        get
        {
            foreach (var entry in _entries)
            {
                if (entry.Key.Equals(node))
                    return entry.Value;
            }

            return 0;
        }
    }

    /// <summary>Takes entries in any order; of repeated nodes the last counts.</summary>
    public static NodeVersions From(IEnumerable<KeyValuePair<UniqueAddress, long>> entries)
    {
        var sorted = new SortedList<UniqueAddress, long>();
        foreach (var entry in entries)
            sorted[entry.Key] = entry.Value;
        return new NodeVersions([.. sorted]);
    }

    public NodeVersions With(UniqueAddress node, long version)
    {
        var at = 0;
        while (at < _entries.Length && _entries[at].Key.CompareTo(node) < 0)
            at++;
        var replaces = at < _entries.Length && _entries[at].Key.Equals(node);
        var copy = new KeyValuePair<UniqueAddress, long>[_entries.Length + (replaces ? 0 : 1)];
        Array.Copy(_entries, copy, at);
        copy[at] = new KeyValuePair<UniqueAddress, long>(node, version);
        Array.Copy(_entries, replaces ? at + 1 : at, copy, at + 1, copy.Length - at - 1);
        return new NodeVersions(copy);
    }

    public NodeVersions Without(Func<UniqueAddress, bool> gone) =>
        Array.Exists(_entries, entry => gone(entry.Key)) ? new NodeVersions(Array.FindAll(_entries, entry => !gone(entry.Key))) : this;

    /// <summary>Every node of both, with the higher number.</summary>
    public NodeVersions Max(NodeVersions other)
    {
        var merged = new List<KeyValuePair<UniqueAddress, long>>(Math.Max(Count, other.Count));
        int mine = 0, theirs = 0;
        while (mine < Count || theirs < other.Count)
        {
            var order = Order(mine, other, theirs);
            merged.Add(order switch
            {
                < 0 => _entries[mine],
                > 0 => other._entries[theirs],
                _ => _entries[mine].Value >= other._entries[theirs].Value ? _entries[mine] : other._entries[theirs],
            });
            if (order <= 0)
                mine++;
            if (order >= 0)
                theirs++;
        }

        return new NodeVersions([.. merged]);
    }

    /// <summary>Whether this map is ahead of the other somewhere, and the other of this one somewhere; an absent node counts as zero.</summary>
    public (bool Ahead, bool Behind) CompareWith(NodeVersions other)
    {
        bool ahead = false, behind = false;
        int mine = 0, theirs = 0;
        while (mine < Count || theirs < other.Count)
        {
            var order = Order(mine, other, theirs);
            var difference = order switch
            {
                < 0 => 1,
                > 0 => -1,
                _ => _entries[mine].Value.CompareTo(other._entries[theirs].Value),
            };
            ahead |= difference > 0;
            behind |= difference < 0;
            if (order <= 0)
                mine++;
            if (order >= 0)
                theirs++;
        }

        return (ahead, behind);
    }

    public override string ToString() => string.Join(", ", _entries.Select(entry => $"{entry.Key.Address}#{entry.Key.Uid} -> {entry.Value}"));

    private int Order(int mine, NodeVersions other, int theirs)
    {
        if (mine == Count)
            return 1;
        return theirs == other.Count ? -1 : _entries[mine].Key.CompareTo(other._entries[theirs].Key);
    }
}
