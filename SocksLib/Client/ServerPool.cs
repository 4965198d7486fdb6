namespace SocksLib;

/// <summary>The servers of a hop, in the order of their health.</summary>
internal sealed class ServerPool(ServerHealth health, IReadOnlyList<HopServer> servers) : IHopPool
{
    public IReadOnlyList<HopServer> Candidates(HopServer? from) => health.Order(from, servers);

    public bool IsFit(HopServer? from, HopServer to) => health.IsFit(from, to);

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took) => health.Report(from, to, outcome);
}
