using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>A client that leaves takes its chain with it.</summary>
public class CancelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelled_at_any_moment_nothing_is_left(bool takesOneFlight)
    {
        var steps = 0;
        for (var isOver = false; !isOver; steps++)
        {
            var lab = Lab(takesOneFlight);
            for (var step = 0; step < steps; step++) lab.Network.Step();
            isOver = lab.IsOver;
            lab.Setup!.Cancel();

            Assert.Equal(lab.Link is null ? 0 : 1, lab.Network.Open.Count());
            Assert.Equal(0, lab.Network.Waiting);
            if (isOver) continue;
            lab.Network.RunUntil(() => false);
            Assert.False(lab.IsOver, "told after it was cancelled");
            Assert.Empty(lab.Network.Open);
        }
        Assert.InRange(steps, 20, 10_000);
    }

    [Fact]
    public void Cancelled_before_it_could_say_that_nobody_is_there_it_says_nothing()
    {
        var lab = new ChainLab().Nobody().Start();
        lab.Setup!.Cancel();
        lab.Network.RunUntil(() => false);

        Assert.False(lab.IsOver);
    }

    /// <summary>A name to resolve, a hop that breaks, a silent one and others beside it.</summary>
    private static ChainLab Lab(bool takesOneFlight)
    {
        var lab = new ChainLab { HedgeAfter = 250, Network = new VirtualNetwork { SegmentSize = 5 } };
        foreach (var name in new[] { "a1", "a2", "b1", "b2" }) lab.Add(name, takesOneFlight);
        lab.Network.Names["c.example"] = [IpLiteral.Parse("10.3.0.1")];
        lab.Add("c1", takesOneFlight, address: new SocksEndpoint(SocksAddress.FromName("c.example"), 1080));
        lab["a1"].Fails(ChainPhase.Greeting, Fault.Silent);
        lab["b1"].Fails(ChainPhase.Request, Fault.Closes);
        return lab.Start();
    }
}
