using Gateway.Actors.Members;

namespace Gateway.Actors.Tests.Members;

public class TopologyTests
{
    private static readonly Topology Alone = Topology.Alone(Announcements.Of("e1", 1, "entry", "relay"));

    [Fact]
    public void A_node_is_a_topology_by_itself()
    {
        Assert.Equal(["e1"], Alone.Members.Select(member => member.Name));
        Assert.True(Alone.Self.IsUsable);
    }

    [Fact]
    public void Holders_of_a_role_are_found_with_this_node_first()
    {
        var topology = Alone.WithOthers([Member("r2", 3, "relay"), Member("x1", 4, "exit"), Member("r1", 2, "relay")]);

        Assert.Equal(["e1", "r1", "r2"], topology.WithRole("relay").Select(member => member.Name));
        Assert.Equal(["x1"], topology.WithRole("exit").Select(member => member.Name));
        Assert.Empty(topology.WithRole("Exit"));
    }

    [Fact]
    public void Who_drains_or_cannot_be_reached_is_known_but_not_usable()
    {
        var draining = new Member(Announcements.Of("r1", 2, "relay") with { IsDraining = true });
        var topology = Alone.WithOthers([draining, Member("r2", 3, "relay") with { IsReachable = false }]);

        Assert.Equal(["e1"], topology.WithRole("relay").Where(member => member.IsUsable).Select(member => member.Name));
        Assert.Equal(3, topology.Members.Count());
    }

    [Fact]
    public void Of_two_that_bear_one_name_the_usable_is_found()
    {
        var topology = Alone.WithOthers([Member("r1", 2) with { IsReachable = false }, Member("r1", 3)]);

        Assert.Equal("akka.tcp://socks64@127.0.0.3:4053", topology.Find("r1")!.Announced.Incarnation.Address);
        Assert.Null(topology.Find("r9"));
    }

    [Fact]
    public void Each_change_is_a_new_version_and_the_old_value_stays()
    {
        var second = Alone.WithOthers([Member("r1", 2)]);
        var third = second.With(Announcements.Of("e1", 1) with { IsDraining = true }, second.Others);

        Assert.Equal([0, 1, 2], new[] { Alone, second, third }.Select(topology => topology.Version));
        Assert.Empty(Alone.Others);
        Assert.False(second.Self.IsDraining);
        Assert.Equal(second.Others, third.Others);
    }

    [Fact]
    public void What_is_no_news_is_no_new_version()
    {
        var topology = Alone.WithOthers([Member("r1", 2, "relay")]);

        Assert.Same(topology, topology.With(Announcements.Of("e1", 1, "entry", "relay"), [topology.Others[0] with { }]));
    }

    [Fact]
    public void The_board_tells_of_changes_and_of_nothing_else()
    {
        var board = new TopologyBoard(Alone);
        List<(long, long)> changes = [];
        board.Changed += (before, after) => changes.Add((before.Version, after.Version));

        board.Update(topology => topology);
        board.Update(topology => topology.WithOthers([Member("r1", 2)]));

        Assert.Equal([(0, 1)], changes);
        Assert.Equal(1, board.Current.Version);
    }

    private static Member Member(string name, int host, params string[] roles) => new(Announcements.Of(name, host, roles));
}
