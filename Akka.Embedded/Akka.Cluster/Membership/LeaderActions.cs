using System.Collections.Immutable;

namespace Akka.Cluster;

/// <summary>What the leader makes of a membership that everybody agrees on.</summary>
internal sealed record LeaderActions(ImmutableArray<Member> Changed, ImmutableHashSet<UniqueAddress> Removed)
{
    public bool IsNothing => Changed.IsEmpty && Removed.IsEmpty;

    /// <summary>
    /// <c>Joining, WeaklyUp → Up</c> once there are enough members; <c>Leaving → Exiting</c>; Down or Exiting and unreachable, or
    /// Exiting and confirmed by the member itself → removed.
    /// </summary>
    public static LeaderActions OnConvergence(MembershipState state, IReadOnlySet<UniqueAddress> exitingConfirmed, ClusterSettings settings)
    {
        var gossip = state.Gossip;
        var removed = gossip.Members
            .Where(member => member.Status is MemberStatus.Down or MemberStatus.Exiting && !gossip.Reachability.IsReachable(member.UniqueAddress)
                || member.Status == MemberStatus.Exiting && exitingConfirmed.Contains(member.UniqueAddress))
            .Select(member => member.UniqueAddress)
            .ToImmutableHashSet();
        var changed = ImmutableArray.CreateBuilder<Member>();
        var up = HasEnoughMembers(gossip, settings);
        var youngest = gossip.Members.Where(member => member.UpNumber != Member.NotUpYet).Select(member => member.UpNumber).DefaultIfEmpty(0).Max();
        foreach (var member in gossip.Members)
        {
            if (up && member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp)
                changed.Add(member.CopyUp(++youngest));
            else if (member.Status == MemberStatus.Leaving)
                changed.Add(member.Copy(MemberStatus.Exiting));
        }

        return new LeaderActions(changed.ToImmutable(), removed);
    }

    /// <summary>
    /// Without agreement joining members may still be let in weakly, so that they can work while somebody is unreachable.
    /// </summary>
    public static LeaderActions WithoutConvergence(MembershipState state, ClusterSettings settings)
    {
        if (!HasEnoughMembers(state.Gossip, settings))
            return new LeaderActions([], []);
        var changed = state.Gossip.Members
            .Where(member => member.Status == MemberStatus.Joining && state.Gossip.Reachability.IsReachable(member.UniqueAddress))
            .Select(member => member.Copy(MemberStatus.WeaklyUp));
        return new LeaderActions([.. changed], []);
    }

    public Gossip Apply(Gossip gossip, DateTimeOffset now) => gossip.Update(Changed).Remove(Removed, now);

    private static bool HasEnoughMembers(Gossip gossip, ClusterSettings settings) =>
        gossip.Members.Count >= settings.MinNrOfMembers
        && settings.MinNrOfMembersOfRole.All(pair => gossip.Members.Count(member => member.HasRole(pair.Key)) >= pair.Value);
}
