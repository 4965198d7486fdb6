using Akka.Cluster;
using static Akka.Embedded.Tests.Cluster.Nodes;

namespace Akka.Embedded.Tests.Cluster;

public class HeartbeatRingTests
{
    private static readonly UniqueAddress[] Twenty = [.. Enumerable.Range(0, 20).Select(i => Node($"n{i}"))];

    [Fact]
    public void In_a_small_cluster_everybody_watches_everybody() => Assert.Equal([B, C], Ring(A, [A, B, C], 9).Order());

    [Fact]
    public void In_a_large_cluster_everybody_is_watched_by_so_many()
    {
        var watched = Twenty.SelectMany(node => Ring(node, Twenty, 5)).GroupBy(node => node).ToArray();
        Assert.Equal(20, watched.Length);
        Assert.All(watched, by => Assert.Equal(5, by.Count()));
    }

    [Fact]
    public void Nobody_watches_itself() => Assert.All(Twenty, node => Assert.DoesNotContain(node, Ring(node, Twenty, 5)));

    [Fact]
    public void The_unreachable_are_watched_but_do_not_count()
    {
        var all = Ring(Twenty[0], Twenty, 3);
        var with = new HeartbeatRing(Twenty[0], Twenty, all.Take(2).ToHashSet(), 3).Receivers;
        Assert.Superset(all.ToHashSet(), with.ToHashSet());
        Assert.Equal(5, with.Count);
    }

    private static IEnumerable<UniqueAddress> Ring(UniqueAddress self, UniqueAddress[] members, int monitoredBy) =>
        new HeartbeatRing(self, members, new HashSet<UniqueAddress>(), monitoredBy).Receivers;
}
