using Testing;

namespace Gateway.Actors.Tests.Members;

/// <summary>Two members whose remoting stands behind a <see cref="Gate"/> each.</summary>
public class PartitionTests
{
    private const int Inside = 4054;

    [Fact]
    public async Task A_short_cut_leaves_the_cluster_as_it_is()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts[0]);
        await using Gate gate1 = Open(hosts[0]), gate2 = Open(hosts[1]);
        await using var g1 = Start("g1", hosts[0], terms);
        await using var g2 = Start("g2", hosts[1], terms);
        await TestMember.AreOneCluster(g1, g2);

        await Task.WhenAll(gate1.CloseAsync(), gate2.CloseAsync());
        await Eventually.Holds(() => g1.Sees == "g2?" && g2.Sees == "g1?", () => $"g1 sees {g1.Sees}, g2 sees {g2.Sees}");
        gate1.Open();
        gate2.Open();

        await TestMember.SeeEachOther(g1, g2);
        await TestMember.AreOneCluster(g1, g2);
        Assert.Equal((1, 1), (g1.Membership.Lives, g2.Membership.Lives));
    }

    [Fact]
    public async Task Parts_that_gave_each_other_up_become_one_cluster_by_themselves()
    {
        var hosts = TestMember.Hosts(2);
        var terms = new TestMemberTerms(hosts[0]) { Timing = TestMember.Fast with { GiveUpAfter = TimeSpan.FromSeconds(2) } };
        await using Gate gate1 = Open(hosts[0]), gate2 = Open(hosts[1]);
        await using var g1 = Start("g1", hosts[0], terms);
        await using var g2 = Start("g2", hosts[1], terms);
        await TestMember.AreOneCluster(g1, g2);

        await Task.WhenAll(gate1.CloseAsync(), gate2.CloseAsync());
        await TestMember.AreOneCluster(g1);
        await TestMember.AreOneCluster(g2);
        Assert.Equal(("", ""), (g1.Sees, g2.Sees));
        gate1.Open();
        gate2.Open();

        await TestMember.SeeEachOther(g1, g2);
        await TestMember.AreOneCluster(g1, g2);
        Assert.InRange(g1.Membership.Lives + g2.Membership.Lives, 3, 4);
    }

    private static Gate Open(string host) => new(host, TestMember.Port, Inside);

    private static TestMember Start(string name, string host, TestMemberTerms terms) => TestMember.Start(
        name, host, terms with { Tcp = $"hostname = \"{host}\", port = {Inside}, public-hostname = \"{host}\", public-port = {TestMember.Port}" });
}
