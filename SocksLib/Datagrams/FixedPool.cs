namespace SocksLib;

/// <summary>One server that a way has chosen already; what is learned goes to the pool that it was chosen from.</summary>
internal sealed class FixedPool(HopServer server, IHopPool origin) : IHopPool
{
    private readonly HopServer[] _candidates = [server];

    public IReadOnlyList<HopServer> Candidates(HopServer? from) => _candidates;

    public bool IsFit(HopServer? from, HopServer to) => origin.IsFit(from, to);

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took) => origin.Report(from, to, outcome, took);
}
