using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// The servers of one hop for one chain setup. Those that can be used are ordered by the hop's policy; behind them, each in the same order,
/// stand those whose leg is ejected, and members that the cluster cannot reach. Who becomes a member while the chain is set up is a candidate
/// when it is asked again. For one thread.
/// </summary>
/// <param name="servers">Who may serve, of those in a topology.</param>
internal sealed class HopPool(
    string self, Func<Topology, IReadOnlyList<PooledServer>> servers, PickPolicy policy, PickTerms terms, LegHealth health, TopologyBoard board, Func<TimeSpan> now)
    : IHopPool
{
    private readonly Dictionary<string, IReadOnlyList<HopServer>> _ordered = [];
    private Topology _topology = board.Current;
    private IReadOnlyList<PooledServer>? _servers;

    public IReadOnlyList<PooledServer> Servers => _servers ??= servers(_topology);

    public IReadOnlyList<HopServer> Candidates(HopServer? from)
    {
        if (board.Current is var current && current.Version != _topology.Version)
        {
            (_topology, _servers) = (current, null);
            _ordered.Clear();
        }
        var start = from?.Name ?? self;
        if (!_ordered.TryGetValue(start, out var candidates))
            _ordered[start] = candidates = Order(start);
        return candidates;
    }

    /// <summary>Of servers outside the cluster only the legs are known.</summary>
    public bool IsFit(HopServer? from, HopServer to) =>
        IsUsable(to, from?.Name ?? self, now()) && board.Current.Find(to.Name) is not { IsReachable: false };

    public void Report(HopServer? from, HopServer to, LegOutcome outcome, TimeSpan took) =>
        health.Report(LegTo(to, from?.Name ?? self), outcome, took, now());

    /// <summary>A server is no candidate for a leg that starts at itself.</summary>
    private List<HopServer> Order(string from)
    {
        var at = now();
        List<PooledServer> usable = [], ejected = [], unreachable = [];
        foreach (var server in Servers)
            if (server.Name != from)
                (!server.IsReachable ? unreachable : server.Addresses.Any(address => IsUsable(address, from, at)) ? usable : ejected).Add(server);
        List<HopServer> first = [], last = [];
        foreach (var address in Picked(usable, from).SelectMany(server => server.Addresses))
            (IsUsable(address, from, at) ? first : last).Add(address);
        last.AddRange(Picked(ejected, from).Concat(Picked(unreachable, from)).SelectMany(server => server.Addresses));
        // A leg whose time has come is usable for the first who asks; the others keep to what works until that trial has ended.
        if (first.Count > 0)
            health.TryBeginTrial(LegTo(first[0], from), at);
        return [.. first, .. last];
    }

    private List<PooledServer> Picked(List<PooledServer> among, string from)
    {
        var candidates = among.ConvertAll(server => new PickCandidate(server.Name, server.Sessions, LatencyOf(server, from)));
        return [.. PickPolicies.Order(policy, candidates, terms).Select(place => among[place])];
    }

    private bool IsUsable(HopServer address, string from, TimeSpan at) => !health.IsEjected(LegTo(address, from), at);

    private TimeSpan? LatencyOf(PooledServer server, string from) => server.Addresses.Min(address => health.Latency(LegTo(address, from)));

    private static Leg LegTo(HopServer to, string from) =>
        new(from, to.Name, to.Address.Address.TryGetIp(out var ip) ? ip.Canonical.Family : IpFamily.None);
}
