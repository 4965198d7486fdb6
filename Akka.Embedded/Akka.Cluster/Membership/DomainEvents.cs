using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>
/// What happened between two views of the cluster, in the order in which subscribers hear of it: unreachable, reachable, members
/// that came or changed, members that were removed, leader, leaders of roles.
/// </summary>
internal static class DomainEvents
{
    public static IEnumerable<IClusterDomainEvent> Between(MembershipState before, MembershipState after)
    {
        if (ReferenceEquals(before.Gossip, after.Gossip))
            return [];
        return Unreachable(before, after)
            .Concat(Reachable(before, after))
            .Concat(Members(before.Gossip, after.Gossip))
            .Concat(Leaders(before, after));
    }


    private static IEnumerable<IClusterDomainEvent> Unreachable(MembershipState before, MembershipState after) =>
        from node in after.Gossip.Reachability.AllUnreachableOrTerminated
        where !node.Equals(after.Self) && before.Gossip.Reachability.IsReachable(node)
        let member = after.Gossip.Find(node)
        where member is not null
        select new UnreachableMember(member);

    private static IEnumerable<IClusterDomainEvent> Reachable(MembershipState before, MembershipState after) =>
        from node in before.Gossip.Reachability.AllUnreachable
        where !node.Equals(after.Self) && after.Gossip.Reachability.IsReachable(node)
        let member = after.Gossip.Find(node)
        where member is not null
        select new ReachableMember(member);

    private static IEnumerable<IClusterDomainEvent> Members(Gossip before, Gossip after)
    {
        var removed = before.Members.Where(member => !after.HasMember(member.UniqueAddress)).ToArray();

        // Whoever thinks in addresses must hear of the end of the old incarnation before the beginning of the new one.
        var replaced = Array.FindAll(removed, member => after.Find(member.Address) is not null);
        return replaced.Select(Removed)
            .Concat(Changed(before, after))
            .Concat(removed.Except(replaced).Select(Removed));
    }

    private static IEnumerable<IClusterDomainEvent> Changed(Gossip before, Gossip after)
    {
        foreach (var member in after.Members)
        {
            var old = before.Find(member.UniqueAddress);
            if ((old is null || old.Status != member.Status || old.UpNumber != member.UpNumber) && StatusEvent(member) is { } changed)
                yield return changed;
        }
    }

    private static IClusterDomainEvent Removed(Member member) => new MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);

    private static MemberStatusChange? StatusEvent(Member member) => member.Status switch
    {
        MemberStatus.Joining => new MemberJoined(member),
        MemberStatus.WeaklyUp => new MemberWeaklyUp(member),
        MemberStatus.Up => new MemberUp(member),
        MemberStatus.Leaving => new MemberLeft(member),
        MemberStatus.Exiting => new MemberExited(member),
        MemberStatus.Down => new MemberDowned(member),
        _ => null,
    };

    private static IEnumerable<IClusterDomainEvent> Leaders(MembershipState before, MembershipState after)
    {
        var leader = after.Leader;
        if (leader != before.Leader)
            yield return new LeaderChanged(leader?.Address!);
        foreach (var role in before.AllRoles.Union(after.AllRoles))
        {
            var roleLeader = after.RoleLeader(role);
            if (roleLeader != before.RoleLeader(role))
                yield return new RoleLeaderChanged(role, roleLeader?.Address!);
        }
    }
}
