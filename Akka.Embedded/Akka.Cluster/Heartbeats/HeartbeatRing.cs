using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// All members in a circle that is the same for everybody; each watches the next few. Unreachable ones are watched too, but do not
/// count, so that those behind them stay watched. Immutable.
/// </summary>
internal sealed class HeartbeatRing
{
    private readonly UniqueAddress[] _circle;
    private readonly UniqueAddress _self;

    public HeartbeatRing(UniqueAddress self, IEnumerable<UniqueAddress> members, IReadOnlySet<UniqueAddress> unreachable, int monitoredBy)
    {
        _self = self;
        _circle = [.. members.Append(self).Distinct().OrderBy(Place).ThenBy(node => node)];
        Receivers = Next(unreachable, monitoredBy);
    }

    /// <summary>Whom this node sends heartbeats to.</summary>
    public ImmutableHashSet<UniqueAddress> Receivers { get; }

    private ImmutableHashSet<UniqueAddress> Next(IReadOnlySet<UniqueAddress> unreachable, int monitoredBy)
    {
        if (_circle.Length - 1 <= monitoredBy)
            return [.. _circle.Where(node => !node.Equals(_self))];
        var receivers = ImmutableHashSet.CreateBuilder<UniqueAddress>();
        var start = Array.IndexOf(_circle, _self);
        for (var i = 1; i < _circle.Length && monitoredBy > 0; i++)
        {
            var node = _circle[(start + i) % _circle.Length];
            receivers.Add(node);
            if (!unreachable.Contains(node))
                monitoredBy--;
        }

        return receivers.ToImmutable();
    }

    /// <summary>FNV-1a, which is the same in every process, unlike string hash codes.</summary>
    private static uint Place(UniqueAddress node)
    {
        var hash = 2166136261;
        foreach (var c in node.Address.Host)
            hash = (hash ^ c) * 16777619;
        hash = (hash ^ (uint)node.Address.Port.GetValueOrDefault()) * 16777619;
        return (hash ^ (uint)node.Uid) * 16777619;
    }
}
