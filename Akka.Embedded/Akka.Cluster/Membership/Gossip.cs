using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// What a node knows of the cluster, and what nodes tell each other: the members, who has seen exactly this version, who is said to be
/// unreachable, and which changes it contains. A removed member leaves a tombstone, so that an old gossip does not bring it back.
/// Immutable.
/// </summary>
internal sealed record Gossip(
    ImmutableSortedSet<Member> Members,
    ImmutableHashSet<UniqueAddress> Seen,
    Reachability Reachability,
    VectorClock Version,
    ImmutableDictionary<UniqueAddress, long> Tombstones)
{
    public static readonly Gossip Empty = new(
        [], [], Reachability.Empty, VectorClock.Zero, ImmutableDictionary<UniqueAddress, long>.Empty);

    /// <summary>How long a removed member is remembered: longer than any gossip can be delayed.</summary>
    public static readonly TimeSpan TombstoneLife = TimeSpan.FromHours(24);

    public bool IsEmpty => Members.IsEmpty;

    public Member? Find(UniqueAddress node) => Members.TryGetValue(Probe(node), out var member) ? member : null;

    public Member? Find(Address address) => Members.FirstOrDefault(member => member.Address.Equals(address));

    public bool HasMember(UniqueAddress node) => Members.Contains(Probe(node));

    public Gossip Increment(UniqueAddress node) => this with { Version = Version.Increment(node) };

    public bool SeenBy(UniqueAddress node) => Seen.Contains(node);

    public Gossip MarkSeen(UniqueAddress node) => SeenBy(node) ? this : this with { Seen = Seen.Add(node) };

    public Gossip OnlySeenBy(UniqueAddress node) => this with { Seen = [node] };

    public Gossip ClearSeen() => this with { Seen = [] };

    /// <summary>Both have the same version; whoever has seen either has seen both.</summary>
    public Gossip MergeSeen(Gossip other) => this with { Seen = Seen.Union(other.Seen) };

    /// <summary>Joins two views neither of which contains the other. The result is a version that nobody has seen yet.</summary>
    public Gossip Merge(Gossip other)
    {
        var tombstones = Tombstones.SetItems(other.Tombstones);
        var members = ImmutableSortedSet.CreateBuilder<Member>();
        foreach (var mine in Members)
        {
            var theirs = other.Find(mine.UniqueAddress);
            if (theirs is not null)
                members.Add(Member.HighestPriorityOf(mine, theirs));
            else if (IsAlive(mine, tombstones))
                members.Add(mine);
        }

        foreach (var theirs in other.Members)
        {
            if (!HasMember(theirs.UniqueAddress) && IsAlive(theirs, tombstones))
                members.Add(theirs);
        }

        var version = Version.Merge(other.Version);
        foreach (var removed in tombstones.Keys)
            version = version.Prune(removed);
        var merged = members.ToImmutable();
        var allowed = merged.Select(member => member.UniqueAddress).ToHashSet();
        return new Gossip(merged, [], Reachability.Merge(allowed, other.Reachability), version, tombstones);
    }

    /// <summary>Replaces members by newer views of themselves.</summary>
    public Gossip Update(IEnumerable<Member> changed) => changed.Aggregate(this, (gossip, member) => gossip with { Members = gossip.Members.Remove(member).Add(member) });

    public Gossip MarkDown(Member member) => Update([member.Copy(MemberStatus.Down)]) with { Seen = Seen.Remove(member.UniqueAddress) };

    /// <summary>Forgets members but for a tombstone each.</summary>
    public Gossip Remove(IReadOnlySet<UniqueAddress> nodes, DateTimeOffset now)
    {
        if (nodes.Count == 0)
            return this;
        var version = Version;
        foreach (var node in nodes)
            version = version.Prune(node);
        return new Gossip(
            Members.Except(Members.Where(member => nodes.Contains(member.UniqueAddress))),
            Seen.Except(nodes),
            Reachability.Remove(nodes),
            version,
            Tombstones.SetItems(nodes.Select(node => KeyValuePair.Create(node, now.ToUnixTimeMilliseconds()))));
    }

    /// <summary>Without the tombstones that are older than <see cref="TombstoneLife"/>.</summary>
    public Gossip PruneTombstones(DateTimeOffset now)
    {
        var oldest = (now - TombstoneLife).ToUnixTimeMilliseconds();
        return this with { Tombstones = Tombstones.RemoveRange(Tombstones.Where(pair => pair.Value < oldest).Select(pair => pair.Key)) };
    }

    public override string ToString() => $"Gossip(members = [{string.Join(", ", Members)}], seen = {Seen.Count}, reachability = [{Reachability}], {Version})";

    private static Member Probe(UniqueAddress node) => new(node, 0, MemberStatus.Joining, []);

    /// <summary>A member that only one side knows: new to the other, unless the other has already removed it.</summary>
    private static bool IsAlive(Member member, ImmutableDictionary<UniqueAddress, long> tombstones) =>
        !tombstones.ContainsKey(member.UniqueAddress) && member.Status is not (MemberStatus.Down or MemberStatus.Exiting);
}
