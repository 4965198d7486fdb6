namespace SocksLib.Tests;

/// <summary>The control connections of an association: which servers serve it when some do not relay.</summary>
public class ControlChainTests : IControlChainHandler
{
    private ControlChain? _standing;
    private ChainFailure? _failure;

    [Fact]
    public void A_hop_that_dies_before_its_own_connection_stands_is_replaced()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1 a2", "b1");
        // Dead from the moment at which the way through it stands.
        lab["b1"].Delays(ChainPhase.Request, 100);
        lab.Network.After(50, () => lab["a1"].Fails(ChainPhase.Connect, Fault.Silent));

        Start(lab);

        Assert.Equal(["a2", "b1"], _standing!.Hops.Select(hop => hop.Server.Name));
        Assert.InRange(lab.Network.Milliseconds, 5_000, 10_000);
        Assert.Equal(2, lab.Network.Open.Count());
    }

    [Fact]
    public void When_there_is_no_other_the_association_fails_and_leaves_nothing_open()
    {
        var lab = new ChainLab { HedgeAfter = 250 }.Members("a1", "b1");
        lab["b1"].Delays(ChainPhase.Request, 100);
        lab.Network.After(50, () => lab["a1"].Fails(ChainPhase.Connect, Fault.Silent));

        Start(lab);

        Assert.Equal(1, _failure!.Hop);
        Assert.Empty(lab.Network.Open);
    }

    void IControlChainHandler.OnStanding(ControlChain chain) => _standing = chain;

    void IControlChainHandler.OnFailed(ControlChain chain, ChainFailure failure) => _failure = failure;

    void IControlChainHandler.OnLost(ControlChain chain, ChainFailure failure) => Assert.Fail($"lost: {failure}");

    private void Start(ChainLab lab)
    {
        var plan = new ChainPlan { Name = "lab", Hops = lab.Pools, SetupTimeout = TimeSpan.FromSeconds(15), HedgeAfter = TimeSpan.FromMilliseconds(250) };
        ControlChain.Start(lab.Network, plan, ControlChain.Associate, null, this);
        lab.Network.RunUntil(() => _standing is not null || _failure is not null);
    }
}
