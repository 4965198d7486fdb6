using System.Diagnostics.CodeAnalysis;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// From a chain of the settings to the servers that a connection may take now. One for all loops; a plan is for one setup.
/// </summary>
/// <remarks>
/// This node is never a hop of its own chains: it would speak SOCKS to itself and add nothing but a hop. Members that drain are left out,
/// servers that the operator ejected, and every address that is not of the leg's family. Where nothing is left the chain fails: it is never shortened.
/// </remarks>
public sealed class ChainPlanner
{
    private readonly GatewaySettings _settings;
    private readonly TopologyBoard _board;
    private readonly LegHealth _health;
    private readonly EjectedServers _ejected;
    private readonly MemberKey? _key;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, uint[]> _turns;

    /// <param name="settings">Validated.</param>
    /// <param name="board">Who is in the cluster.</param>
    /// <param name="health">What is known of the legs.</param>
    /// <param name="ejected">What the operator took out.</param>
    /// <param name="key">The cluster's; null when this node belongs to none, and so knows no members.</param>
    /// <param name="time">Tells how old things are, and members the time of day.</param>
    /// <param name="load">Of the planner that this one follows.</param>
    public ChainPlanner(GatewaySettings settings, TopologyBoard board, LegHealth health, EjectedServers ejected, MemberKey? key, TimeProvider? time = null, HopLoad? load = null)
    {
        Load = load ?? new HopLoad();
        (_settings, _board, _health, _ejected, _key, _time) = (settings, board, health, ejected, key, time ?? TimeProvider.System);
        _turns = settings.Chains.ToDictionary(chain => chain.Key, chain => new uint[chain.Value.Hops.Count]);
    }

    /// <summary>The sessions through each server, which <see cref="PickPolicy.LeastSessions"/> looks at.</summary>
    public HopLoad Load { get; }

    /// <summary>The servers that may carry the connection; or why there is no way, named by its hop.</summary>
    /// <param name="name">A chain of the settings.</param>
    public bool TryPlan(string name, ChainTerms terms, [NotNullWhen(true)] out ChainPlan? plan, [NotNullWhen(false)] out ChainFailure? failure)
    {
        var chain = _settings.Chains[name];
        plan = null;
        failure = Obstacle(name, chain, terms);
        if (failure is not null)
            return false;
        var pools = new HopPool[chain.Hops.Count];
        for (var hop = 0; hop < pools.Length; hop++)
        {
            var number = hop;
            var pick = new PickTerms(Interlocked.Increment(ref _turns[name][hop]) - 1, terms.Client, Random.Shared);
            pools[hop] = new HopPool(
                _settings.Node.Name, topology => Candidates(topology, chain, number, terms).Servers, chain.Hops[hop].Pick, pick, _health, _board, () => _time.GetElapsedTime(0));
            if (pools[hop].Servers.Count == 0)
            {
                failure = new(name, hop + 1, null, ChainPhase.Connect, ReplyCode.NetworkUnreachable, Candidates(_board.Current, chain, hop, terms).WhyNone);
                return false;
            }
        }
        plan = new ChainPlan { Name = name, Hops = pools, SetupTimeout = chain.SetupTimeout, HedgeAfter = chain.HedgeAfter };
        return true;
    }

    private HopCandidates Candidates(Topology topology, ChainSettings chain, int hop, ChainTerms terms) =>
        new(_settings, topology, _ejected.Names, chain, hop, terms, (recipient, leg) => new MemberLogin(_key!, recipient, leg, _time), Load);

    /// <summary>What no server could help.</summary>
    private static ChainFailure? Obstacle(string name, ChainSettings chain, ChainTerms terms)
    {
        if (chain.Hops.Count > terms.HopsLeft)
            return new(name, terms.HopsLeft + 1, null, ChainPhase.Connect, ReplyCode.TtlExpired, "more gateways than max-hops allows");
        var over = terms.Beyond(chain);
        if (terms.Destination.Address.LiteralIfNamed.TryGetIp(out var ip) && !ip.IsUnspecified && !over.Allows(ip.Canonical.Family))
            return new(name, chain.Hops.Count, null, ChainPhase.Request, ReplyCode.NetworkUnreachable, $"{ip} is not of the family that destination.over = {Kebab.Of(over)} allows");
        return over is FamilyWish.Ipv4 or FamilyWish.Ipv6 && terms.Over is FamilyWish.Ipv4 or FamilyWish.Ipv6 && over != terms.Over
            ? new(name, chain.Hops.Count, null, ChainPhase.Request, ReplyCode.NetworkUnreachable, $"destination.over = {Kebab.Of(over)}, and the member asks for {Kebab.Of(terms.Over)}")
            : null;
    }
}
