using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>
/// A chain on a <see cref="VirtualNetwork"/>, from its servers to its result. Names begin with the letter of their hop: <c>a1</c> and
/// <c>a2</c> are candidates for the first.
/// </summary>
internal sealed class ChainLab : IChainHandler
{
    private readonly List<FakePool> _pools = [];
    private readonly Dictionary<string, FakeHop> _hops = [];

    public VirtualNetwork Network { get; init; } = new();

    public int? HedgeAfter { get; init; }

    public int SetupTimeout { get; init; } = 15_000;

    public SocksRequest Request { get; init; } =
        new(SocksCommand.Connect, RequestFlags.None, new SocksEndpoint(SocksAddress.FromName("example.com"), 80));

    public IReadOnlyList<FakePool> Pools => _pools;

    public ChainSetup? Setup { get; private set; }

    public ChainLink? Link { get; private set; }

    public ChainFailure? Failure { get; private set; }

    /// <summary>When it was told, in milliseconds from the start.</summary>
    public long OverAt { get; private set; }

    public bool IsOver => Link is not null || Failure is not null;

    /// <summary>The ways that requests for the destination came, in their order.</summary>
    public IEnumerable<string> Arrivals => Network.Requests.Where(entry => entry.Request == Request).Select(entry => entry.Way);

    /// <summary>The way that stands.</summary>
    public string Way => string.Join(' ', Link!.Hops.Select(hop => hop.Server.Name));

    public IEnumerable<string> Reports => _pools.SelectMany(pool => pool.Reports);

    public IEnumerable<FakeHop> Servers => _hops.Values;

    public FakeHop this[string name] => _hops[name];

    /// <summary>Hops that take one flight, as members do: <c>Members("a1 a2", "b1")</c>.</summary>
    public ChainLab Members(params ReadOnlySpan<string> hops) => Add(hops, takesOneFlight: true);

    /// <summary>Hops that are to be spoken to step by step.</summary>
    public ChainLab Strangers(params ReadOnlySpan<string> hops) => Add(hops, takesOneFlight: false);

    /// <summary>One more candidate. An address that is a name has to be in <see cref="VirtualNetwork.Names"/> already, or lead nowhere.</summary>
    public FakeHop Add(string name, bool takesOneFlight, HopLogin? login = null, SocksEndpoint? address = null, FamilyWish over = FamilyWish.Any)
    {
        var hop = name[0] - 'a';
        while (_pools.Count <= hop) _pools.Add(new FakePool());
        var literal = new LiteralEndpoint(IpLiteral.Parse($"10.{hop + 1}.0.{name[1..]}"), 1080);
        var server = new HopServer
        {
            Name = name,
            Address = address ?? SocksEndpoint.From(literal),
            Over = over,
            Login = login ?? HopLogin.None,
            TakesOneFlight = takesOneFlight,
            AddressAssociate = takesOneFlight,
        };
        var fake = new FakeHop(server, literal);
        _pools[hop].Add(server);
        _hops.Add(name, fake);
        Network.Hops.Add(literal, fake);
        return fake;
    }

    /// <summary>A hop that nobody can be.</summary>
    public ChainLab Nobody()
    {
        _pools.Add(new FakePool());
        return this;
    }

    /// <summary>Says that one hop answers instead of connecting to another.</summary>
    public ChainLab Cut(string from, string to, ReplyCode code = ReplyCode.HostUnreachable)
    {
        this[from].Unreachable[this[to].Address] = code;
        return this;
    }

    public ChainLab Start()
    {
        var plan = new ChainPlan
        {
            Name = "lab",
            Hops = _pools,
            SetupTimeout = TimeSpan.FromMilliseconds(SetupTimeout),
            HedgeAfter = HedgeAfter is { } after ? TimeSpan.FromMilliseconds(after) : null,
        };
        Setup = ChainSetup.Start(Network, plan, Request, this);
        Assert.False(IsOver, "told before Start returned");
        return this;
    }

    /// <summary>Runs the setup to its end, which must come, and leave nothing behind but the link.</summary>
    public ChainLab Run() => Start().Finish();

    public ChainLab Finish()
    {
        Network.RunUntil(() => IsOver);
        Assert.True(IsOver, "the setup neither succeeded nor failed");
        Assert.Equal(Link is null ? new IChannel[0] : [Link.Channel], Network.Open);
        Assert.Equal(0, Network.Waiting);
        Assert.Empty(Network.Lost);
        Network.RunUntil(() => false);
        return this;
    }

    public void OnLinked(ChainSetup setup, ChainLink link)
    {
        Tell(setup);
        Assert.Null(link.Channel.Handler);
        Link = link;
    }

    public void OnChainFailed(ChainSetup setup, ChainFailure failure)
    {
        Tell(setup);
        Failure = failure;
    }

    private ChainLab Add(ReadOnlySpan<string> hops, bool takesOneFlight)
    {
        foreach (var hop in hops)
            foreach (var name in hop.Split(' '))
                Add(name, takesOneFlight);
        return this;
    }

    private void Tell(ChainSetup setup)
    {
        Assert.Same(Setup, setup);
        Assert.False(IsOver, "told twice");
        OverAt = Network.Milliseconds;
    }
}
