using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Members;

public class InnerLegsTests
{
    private static readonly TraceId Trace = new(1);
    private static readonly IpLiteral Hop = IpLiteral.Parse("192.0.2.9");

    [Fact]
    public void Servers_outside_the_cluster_are_hops_at_their_very_port()
    {
        var legs = new InnerLegs([Server("192.0.2.9", 1080), new() { Address = new(SocksAddress.FromName("lab.example"), 1080) }], Alone);
        Assert.True(legs.LeadTo(At("192.0.2.9", 1080)));
        Assert.True(legs.LeadTo(At("::ffff:192.0.2.9", 1080)));
        Assert.False(legs.LeadTo(At("192.0.2.9", 1081)));
        Assert.False(legs.LeadTo(At("192.0.2.8", 1080)));
    }

    [Fact]
    public void Members_are_hops_for_as_long_as_they_are_members()
    {
        var alone = Topology.Alone(Announcements.Of("g2", 2));
        var board = new TopologyBoard(alone);
        var legs = new InnerLegs([], board);
        Assert.True(legs.LeadTo(At("127.0.0.2", 1080)));
        board.Update(_ => alone.WithOthers([new Member(Announcements.Of("g3", 3), IsReachable: false)]));
        Assert.True(legs.LeadTo(At("127.0.0.2", 1080)));
        Assert.True(legs.LeadTo(At("127.0.0.3", 1080)));
        Assert.False(legs.LeadTo(At("127.0.0.3", 22)));

        board.Update(_ => alone);
        Assert.False(legs.LeadTo(At("127.0.0.3", 1080)));
    }

    [Fact]
    public void Datagrams_of_a_session_may_go_where_its_connections_go()
    {
        var legs = new InnerLegs([], Alone);
        legs.Open(Trace, Hop);
        Assert.True(legs.IsOpen(Trace, Hop.Mapped));
        Assert.False(legs.IsOpen(Trace, IpLiteral.Parse("192.0.2.8")));
        Assert.False(legs.IsOpen(new(2), Hop));
        Assert.Equal((true, false), (legs.IsOpen(Trace), legs.IsOpen(new(2))));
    }

    [Fact]
    public void Last_connection_to_a_hop_takes_the_right_along()
    {
        var (legs, other) = (new InnerLegs([], Alone), IpLiteral.Parse("2001:db8::1"));
        legs.Open(Trace, Hop);
        legs.Open(Trace, Hop);
        legs.Open(Trace, other);
        legs.Close(Trace, Hop);
        Assert.True(legs.IsOpen(Trace, Hop));
        legs.Close(Trace, Hop);
        Assert.Equal((false, true), (legs.IsOpen(Trace, Hop), legs.IsOpen(Trace, other)));
        legs.Close(Trace, other);
        Assert.False(legs.IsOpen(Trace));
    }

    [Fact]
    public void All_loops_open_and_close_at_once()
    {
        var legs = new InnerLegs([], Alone);
        Parallel.For(0, 4, _ =>
        {
            for (var round = 0; round < 5_000; round++)
            {
                legs.Open(Trace, Hop);
                Assert.True(legs.IsOpen(Trace, Hop));
                legs.Close(Trace, Hop);
            }
        });
        Assert.False(legs.IsOpen(Trace));
    }

    private static TopologyBoard Alone => new(Topology.Alone(Announcements.Of("g2", 2)));

    private static LiteralEndpoint At(string address, ushort port) => new(IpLiteral.Parse(address), port);

    private static GatewayServerSettings Server(string address, ushort port) => new() { Address = SocksEndpoint.From(At(address, port)) };
}
