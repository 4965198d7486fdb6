using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>The cluster as one node sees it, and what follows from it: who leads, and whether everybody agrees.</summary>
internal sealed class MembershipState(Gossip gossip, UniqueAddress self)
{
    private Reachability? _withoutDownedObservers;

    public Gossip Gossip => gossip;

    public UniqueAddress Self => self;

    /// <summary>What the nodes that are still taken seriously say about each other.</summary>
    public Reachability TrustedReachability => _withoutDownedObservers ??= Gossip.Reachability.RemoveObservers(
        Gossip.Members.Where(member => member.Status == MemberStatus.Down).Select(member => member.UniqueAddress).ToHashSet());

    public MemberStatus SelfStatus => Gossip.Find(Self)?.Status ?? MemberStatus.Removed;

    public UniqueAddress? Leader => LeaderAmong(Gossip.Members);

    public bool IsLeader => Self.Equals(Leader);

    public IEnumerable<string> AllRoles => Gossip.Members.SelectMany(member => member.Roles).Distinct().Order(StringComparer.Ordinal);

    public ImmutableHashSet<Member> Unreachable => Gossip.Reachability.AllUnreachableOrTerminated
        .Where(node => !node.Equals(Self))
        .Select(Gossip.Find)
        .OfType<Member>()
        .ToImmutableHashSet();

    public UniqueAddress? RoleLeader(string role) => LeaderAmong(Gossip.Members.Where(member => member.HasRole(role)));

    /// <summary>The first reachable member that is up or leaving; when there is none, the one that is closest to it.</summary>
    public UniqueAddress? LeaderAmong(IEnumerable<Member> members)
    {
        Member? best = null;
        foreach (var member in members)
        {
            if (member.Status == MemberStatus.Down || !(Gossip.Reachability.IsReachable(member.UniqueAddress) || member.UniqueAddress.Equals(Self)))
                continue;
            if (member.Status is MemberStatus.Up or MemberStatus.Leaving)
                return member.UniqueAddress;
            if (best is null || LeaderOrder.Instance.Compare(member, best) < 0)
                best = member;
        }

        return best?.UniqueAddress;
    }

    /// <summary>
    /// Every member that counts has seen this very version, and nobody is unreachable but those who are going away anyway. Only then
    /// may the leader change the membership.
    /// </summary>
    public bool IsConverged(IReadOnlySet<UniqueAddress> exitingConfirmed)
    {
        foreach (var node in TrustedReachability.AllUnreachableOrTerminated)
        {
            if (!node.Equals(Self) && !exitingConfirmed.Contains(node)
                && Gossip.Find(node) is { Status: not (MemberStatus.Down or MemberStatus.Exiting) })
                return false;
        }

        return !Gossip.Members.Any(member => member.Status is MemberStatus.Up or MemberStatus.Leaving
            && !Gossip.SeenBy(member.UniqueAddress)
            && !exitingConfirmed.Contains(member.UniqueAddress));
    }

    /// <summary>Whether gossip may be sent there.</summary>
    public bool IsGossipTarget(UniqueAddress node) => !node.Equals(Self) && Gossip.HasMember(node) && TrustedReachability.IsReachable(node);

    public ClusterEvent.CurrentClusterState ToCurrentState() => new(
        Gossip.Members,
        Unreachable,
        [.. Gossip.Seen.Select(node => node.Address)],
        Leader?.Address!,
        AllRoles.ToImmutableDictionary(role => role, role => RoleLeader(role)?.Address!));
}
