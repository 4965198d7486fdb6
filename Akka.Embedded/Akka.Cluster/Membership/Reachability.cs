using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>
/// Who says of whom that it cannot be reached. Each observer numbers its own statements, so that of two views of an observer the later
/// one wins a merge; a statement is kept only while the observer finds somebody unreachable. Immutable.
/// </summary>
internal sealed class Reachability
{
    public static readonly Reachability Empty = new([], NodeVersions.Empty);

    private readonly Dictionary<UniqueAddress, ReachabilityStatus> _worst = [];

    public Reachability(ImmutableArray<ReachabilityRecord> records, NodeVersions versions)
    {
        Records = records;
        Versions = versions;
        foreach (var record in records)
        {
            if (record.Status != ReachabilityStatus.Reachable)
                _worst[record.Subject] = record.Status > _worst.GetValueOrDefault(record.Subject) ? record.Status : _worst[record.Subject];
        }
    }

    public ImmutableArray<ReachabilityRecord> Records { get; }

    /// <summary>The number of each observer's latest statement.</summary>
    public NodeVersions Versions { get; }

    public IReadOnlyCollection<UniqueAddress> AllUnreachableOrTerminated => _worst.Keys;

    public IEnumerable<UniqueAddress> AllUnreachable => _worst.Where(pair => pair.Value == ReachabilityStatus.Unreachable).Select(pair => pair.Key);

    public IEnumerable<UniqueAddress> AllObservers => Records.Select(record => record.Observer).Distinct();

    /// <summary>Reachable as far as anybody knows.</summary>
    public bool IsReachable(UniqueAddress node) => !_worst.ContainsKey(node);

    public bool IsReachable(UniqueAddress observer, UniqueAddress subject) => Status(observer, subject) == ReachabilityStatus.Reachable;

    public ReachabilityStatus Status(UniqueAddress observer, UniqueAddress subject) =>
        Find(observer, subject)?.Status ?? ReachabilityStatus.Reachable;

    public IEnumerable<UniqueAddress> AllUnreachableFrom(UniqueAddress observer) => Records
        .Where(record => record.Status == ReachabilityStatus.Unreachable && record.Observer.Equals(observer))
        .Select(record => record.Subject);

    public Reachability Unreachable(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Unreachable);

    public Reachability Reachable(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Reachable);

    public Reachability Terminated(UniqueAddress observer, UniqueAddress subject) => Change(observer, subject, ReachabilityStatus.Terminated);

    /// <summary>Of each observer among <paramref name="allowed"/>, its later statements about nodes among <paramref name="allowed"/>.</summary>
    public Reachability Merge(IReadOnlySet<UniqueAddress> allowed, Reachability other)
    {
        var records = ImmutableArray.CreateBuilder<ReachabilityRecord>();
        foreach (var observer in AllObservers.Concat(other.AllObservers).Distinct())
        {
            if (!allowed.Contains(observer))
                continue;
            var later = Versions[observer] >= other.Versions[observer] ? this : other;
            records.AddRange(later.Records.Where(record => record.Observer.Equals(observer) && allowed.Contains(record.Subject)));
        }

        return new Reachability(records.ToImmutable(), Versions.Max(other.Versions).Without(node => !allowed.Contains(node)));
    }

    /// <summary>Without these nodes, as observers and as subjects.</summary>
    public Reachability Remove(IReadOnlySet<UniqueAddress> nodes) => new(
        Records.RemoveAll(record => nodes.Contains(record.Observer) || nodes.Contains(record.Subject)),
        Versions.Without(nodes.Contains));

    public Reachability RemoveObservers(IReadOnlySet<UniqueAddress> observers) => observers.Count == 0
        ? this
        : new Reachability(Records.RemoveAll(record => observers.Contains(record.Observer)), Versions.Without(observers.Contains));

    public override string ToString() =>
        string.Join(", ", Records.Select(record => $"{record.Observer.Address} -> {record.Subject.Address}: {record.Status} ({record.Version})"));

    private ReachabilityRecord? Find(UniqueAddress observer, UniqueAddress subject) =>
        Records.FirstOrDefault(record => record.Observer.Equals(observer) && record.Subject.Equals(subject));

    private Reachability Change(UniqueAddress observer, UniqueAddress subject, ReachabilityStatus status)
    {
        var old = Find(observer, subject);
        if ((old?.Status ?? ReachabilityStatus.Reachable) == status || old?.Status == ReachabilityStatus.Terminated)
            return this;
        var version = Versions[observer] + 1;
        var others = old is null ? Records : Records.Remove(old);
        var changed = others.Add(new ReachabilityRecord(observer, subject, status, version));
        if (status == ReachabilityStatus.Reachable && !others.Any(record => record.Observer.Equals(observer) && record.Status != status))
            changed = others.RemoveAll(record => record.Observer.Equals(observer));
        return new Reachability(changed, Versions.With(observer, version));
    }
}
