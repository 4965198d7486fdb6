using Gateway.Actors.Chains;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>What a session remembers of its way through other gateways; one that goes directly has none. Loop's thread only.</summary>
internal sealed class ChainPassage
{
    /// <summary>The session's name at every gateway that it passes, when it begins here.</summary>
    public TraceId Trace { get; } = TraceId.Random();

    /// <summary>The chain that stands; none before and after.</summary>
    public IReadOnlyList<ChainHop> Hops { get; private set; } = [];

    public ChainFailure? Failure { get; set; }

    /// <summary>The way that failed last, up to the hop that failed.</summary>
    public IReadOnlyList<ChainHop> FailedWay { get; set; } = [];

    /// <summary>The chain while it waits for the peer of a BIND; it ends with the session.</summary>
    public IChannel? Awaited { get; set; }

    /// <summary>The peer of a BIND, as the last hop tells it.</summary>
    public LiteralEndpoint? Peer { get; set; }

    public void Enter(IReadOnlyList<ChainHop> hops, HopLoad load)
    {
        Hops = hops;
        foreach (var hop in hops)
            load.Enter(hop.Server.Name);
    }

    public void Leave(HopLoad load)
    {
        foreach (var hop in Hops)
            load.Leave(hop.Server.Name);
        Hops = [];
    }
}
