using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;

namespace Akka.Embedded.Tests.Cluster;

/// <summary>Members a, b, c … and views of a cluster made of them.</summary>
internal static class Nodes
{
    public static readonly UniqueAddress A = Node("a");
    public static readonly UniqueAddress B = Node("b");
    public static readonly UniqueAddress C = Node("c");
    public static readonly UniqueAddress D = Node("d");
    public static readonly UniqueAddress E = Node("e");

    public static UniqueAddress Node(string host, int uid = 1) => new(new Address("akka.tcp", "lab", host, 4053), uid);

    /// <summary>Up members came up in the order of their names.</summary>
    public static Member Member(UniqueAddress node, MemberStatus status = MemberStatus.Up, params string[] roles) =>
        new(node, status is MemberStatus.Joining or MemberStatus.WeaklyUp ? Akka.Cluster.Member.NotUpYet : node.Address.Host[0] - 'a' + 1, status, [.. roles]);

    public static Gossip Gossip(params Member[] members) => Akka.Cluster.Gossip.Empty with { Members = [.. members] };

    public static Gossip Up(params UniqueAddress[] nodes) => Gossip([.. nodes.Select(node => Member(node))]);

    public static Gossip SeenByAll(this Gossip gossip) => gossip with { Seen = [.. gossip.Members.Select(member => member.UniqueAddress)] };

    /// <summary>Every observer finds every subject unreachable.</summary>
    public static Gossip Split(this Gossip gossip, UniqueAddress[] observers, params UniqueAddress[] subjects)
    {
        var reachability = gossip.Reachability;
        foreach (var observer in observers)
        {
            foreach (var subject in subjects)
                reachability = reachability.Unreachable(observer, subject);
        }

        return gossip with { Reachability = reachability };
    }

    public static MembershipState As(this Gossip gossip, UniqueAddress self) => new(gossip, self);

    public static ImmutableHashSet<UniqueAddress> Nobody => [];
}
