using System.Collections.Immutable;

namespace Akka.Cluster.SBR;

/// <summary>
/// The members on both sides of a split, as one node sees them. Nodes that accuse each other although gossip still finds its way
/// between them are on neither side: they are only indirectly connected.
/// </summary>
internal sealed class PartitionView
{
    private readonly ImmutableHashSet<UniqueAddress> _unreachable;

    private PartitionView(ImmutableArray<Member> members, ImmutableHashSet<UniqueAddress> unreachable, ImmutableHashSet<UniqueAddress> indirectlyConnected)
    {
        Members = members;
        _unreachable = unreachable;
        IndirectlyConnected = indirectlyConnected;
    }

    /// <summary>All that are not down yet.</summary>
    public ImmutableArray<Member> Members { get; }

    public ImmutableHashSet<UniqueAddress> IndirectlyConnected { get; }

    public IEnumerable<Member> Unreachable => Members.Where(IsUnreachable);

    public IEnumerable<Member> Reachable => Members.Where(member => !IsUnreachable(member));

    public static PartitionView Of(MembershipState state)
    {
        var members = state.Gossip.Members.Where(member => member.Status != MemberStatus.Down).ToImmutableArray();
        var present = members.Select(member => member.UniqueAddress).ToHashSet();
        var reachability = state.TrustedReachability;
        var unreachable = reachability.AllUnreachableOrTerminated
            .Where(node => present.Contains(node) && !node.Equals(state.Self))
            .ToImmutableHashSet();
        return new PartitionView(members, unreachable, FindIndirectlyConnected(state, reachability, present));
    }

    /// <summary>Nobody is missing but those who are down already.</summary>
    public bool IsWhole => _unreachable.IsEmpty && IndirectlyConnected.IsEmpty;

    public bool IsUnreachable(Member member) => _unreachable.Contains(member.UniqueAddress);

    /// <summary>The view that is left when the indirectly connected nodes are gone.</summary>
    public PartitionView WithoutIndirectlyConnected() => new(
        [.. Members.Where(member => !IndirectlyConnected.Contains(member.UniqueAddress))],
        _unreachable.Except(IndirectlyConnected),
        []);

    /// <summary>The members that have a say: up or leaving, and with the role if there is one.</summary>
    /// <param name="role">Empty: every role.</param>
    /// <param name="withPossiblyUp">Counts those that the other side may have let in meanwhile.</param>
    /// <param name="withPossiblyExiting">Counts those that the other side may have let go meanwhile.</param>
    public IEnumerable<Member> Voters(string role, bool withPossiblyUp = false, bool withPossiblyExiting = true) => Members.Where(member =>
        (role.Length == 0 || member.HasRole(role)) && member.Status switch
        {
            MemberStatus.Up => true,
            MemberStatus.Leaving => withPossiblyExiting,
            MemberStatus.Joining or MemberStatus.WeaklyUp => withPossiblyUp,
            _ => false,
        });

    private static ImmutableHashSet<UniqueAddress> FindIndirectlyConnected(
        MembershipState state, Reachability reachability, HashSet<UniqueAddress> present)
    {
        var accusations = reachability.Records
            .Where(record => record.Status == ReachabilityStatus.Unreachable && present.Contains(record.Subject) && present.Contains(record.Observer))
            .ToArray();
        var accused = accusations.Select(record => record.Subject).ToHashSet();
        var both = accusations.Select(record => record.Observer).Where(accused.Contains);
        var seen = accusations.Where(record => state.Gossip.SeenBy(record.Subject)).SelectMany(record => new[] { record.Observer, record.Subject });
        return [.. both, .. seen];
    }
}
