using System.Net;
using Gateway.Actors.Routing;
using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Status;

/// <summary>What goes over each leg.</summary>
public class FlowsTests
{
    private static readonly LiteralEndpoint Here = LiteralEndpoint.From(IPEndPoint.Parse("192.0.2.1:1080"));
    private static readonly LiteralEndpoint There = LiteralEndpoint.From(IPEndPoint.Parse("[2001:db8::1]:1080"));

    [Fact]
    public async Task A_session_is_counted_while_it_lives_and_its_octets_when_it_has_ended()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await socks.EchoAsync(new byte[5000]);
        var node = gateway.Host.Settings.Node.Name;

        var live = await gateway.Host.Status.FlowsAsync();
        Assert.Equal(2, live.Legs.Count);
        Assert.Equal(new FlowCounts(1, 5000, 5000), live.Legs[new(null, node, IpFamily.V4)]);
        Assert.Equal(new FlowCounts(1, 5000, 5000), live.Legs[new(node, null, IpFamily.V6)]);

        socks.Dispose();
        await gateway.HasSessionsAsync(0);
        var after = await gateway.Host.Status.FlowsAsync();
        Assert.Equal(new FlowCounts(0, 5000, 5000), after.Legs[new(node, null, IpFamily.V6)]);
    }

    [Fact]
    public void Each_gateway_of_a_chain_counts_its_part_so_that_the_sum_counts_every_leg_once()
    {
        var sum = new LegFlows();
        foreach (var (node, session) in new[]
        {
            ("e", Ended() with { Hops = [new("r", There, TimeSpan.Zero), new("x", Here, TimeSpan.Zero)] }),
            ("r", Ended() with { Member = "e", Route = null, Peer = Here }),
            ("x", Ended() with { Member = "r", Peer = There }),
        })
        {
            var own = new LegFlows();
            own.CountEnded(node, session);
            sum.Add(own);
        }
        Assert.Equal(
            new Dictionary<FlowLeg, FlowCounts>
            {
                [new(null, "e", IpFamily.V4)] = new(0, 10, 20),
                [new("e", "r", IpFamily.V6)] = new(0, 10, 20),
                [new("r", "x", IpFamily.V4)] = new(0, 10, 20),
                [new("x", null, IpFamily.V6)] = new(0, 10, 20),
            },
            sum.Legs);
    }

    [Fact]
    public void An_association_is_counted_on_each_of_its_ways_with_what_that_way_carried()
    {
        var flows = new LegFlows();
        HopRecord[] through = [new("r", There, TimeSpan.Zero)];

        flows.CountEnded("e", Ended() with { Hops = through, Ways = [new("direct", [], 3, 0), new("lab", [new("x", Here, TimeSpan.Zero)], 5, 20), new("lab", through, 2, 0)] });

        Assert.Equal(
            new Dictionary<FlowLeg, FlowCounts>
            {
                [new(null, "e", IpFamily.V4)] = new(0, 10, 20),
                [new("e", "x", IpFamily.V4)] = new(0, 5, 20),
                [new("e", "r", IpFamily.V6)] = new(0, 2, 0),
            },
            flows.Legs);
    }

    private static SessionRecord Ended() => new()
    {
        Id = 1,
        Started = DateTimeOffset.UnixEpoch,
        Client = Here,
        Listener = Here,
        TraceId = default,
        Route = new Route(RouteSettings.AllDirect, 0),
        Sent = 10,
        Received = 20,
        Reason = "both sides are done",
    };
}
