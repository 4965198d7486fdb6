namespace SocksLib;

/// <summary>
/// A hop's servers without those that were met and could not be used: one that refuses to relay is left out, one that broke stands last, and
/// is left out when it breaks again. So whoever chooses over and over comes to an end. Network's thread only.
/// </summary>
internal sealed class AvoidingPool(IHopPool origin) : IHopPool
{
    private readonly List<HopServer> _broken = [], _brokenTwice = [];
    private readonly HashSet<string> _refusing = [];

    public IReadOnlyList<HopServer> Candidates(HopServer? from)
    {
        var candidates = origin.Candidates(from);
        return _broken.Count + _refusing.Count == 0 ? candidates : [.. candidates.Where(IsOfUse).OrderBy(server => IsAmong(_broken, server))];
    }

    public bool IsFit(HopServer? from, HopServer to) => origin.IsFit(from, to);

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took) => origin.Report(from, to, outcome, took);

    /// <summary>It relays no datagrams here, whatever its address.</summary>
    public void LeaveOut(HopServer server) => _refusing.Add(server.Name);

    /// <summary>It broke at this address.</summary>
    public void PutLast(HopServer server) => (IsAmong(_broken, server) ? _brokenTwice : _broken).Add(server);

    private bool IsOfUse(HopServer server) => !_refusing.Contains(server.Name) && !IsAmong(_brokenTwice, server);

    /// <summary>Where a pool has a name, whoever was met has the address that it was found at.</summary>
    private static bool IsAmong(List<HopServer> met, HopServer offered) =>
        met.Exists(server => server.Name == offered.Name && (server.Address == offered.Address || offered.Address.Address.IsName));
}
