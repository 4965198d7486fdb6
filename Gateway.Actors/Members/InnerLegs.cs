using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// Which requests of members are legs inside a chain and not its far end. Those are open to members whatever routes say, because the entry
/// has decided on the chain: CONNECT to a hop, and, as long as that connection lives, datagrams of the same session to the hop's address,
/// whose relay ports nobody knows beforehand. Safe from any thread.
/// </summary>
public sealed class InnerLegs
{
    private readonly ConcurrentDictionary<TraceId, ImmutableArray<IpLiteral>> _open = new();
    private HashSet<LiteralEndpoint> _gateways, _members = [];

    /// <param name="gateways">Servers outside the cluster. One at a name is none of these hops: its address is known to the entry alone.</param>
    /// <param name="board">Where the members are, now and later.</param>
    public InnerLegs(IEnumerable<GatewayServerSettings> gateways, TopologyBoard board)
    {
        _gateways = Literals(gateways);
        board.Changed += (_, after) => Follow(after);
        board.Update(current =>
        {
            Follow(current);
            return current;
        });
    }

    /// <summary>Other servers outside the cluster are hops from now on. Connections that are open stay so.</summary>
    public void Change(IEnumerable<GatewayServerSettings> gateways) => Volatile.Write(ref _gateways, Literals(gateways));

    /// <summary>Whether a hop listens at <paramref name="endpoint"/>.</summary>
    public bool LeadTo(LiteralEndpoint endpoint) =>
        Volatile.Read(ref _gateways).Contains(endpoint.Canonical) || Volatile.Read(ref _members).Contains(endpoint.Canonical);

    /// <summary>A connection of the session <paramref name="trace"/> to the hop at <paramref name="hop"/> begins.</summary>
    public void Open(TraceId trace, IpLiteral hop) =>
        _open.AddOrUpdate(trace, static (_, hop) => [hop], static (_, hops, hop) => hops.Add(hop), hop.Canonical);

    /// <summary>It has ended.</summary>
    public void Close(TraceId trace, IpLiteral hop)
    {
        while (_open.TryGetValue(trace, out var hops))
            if (hops.Length > 1 ? _open.TryUpdate(trace, hops.Remove(hop.Canonical), hops) : _open.TryRemove(new(trace, hops)))
                return;
    }

    /// <summary>Whether the session <paramref name="trace"/> has a connection to some hop, and so may send datagrams to it.</summary>
    public bool IsOpen(TraceId trace) => _open.ContainsKey(trace);

    /// <summary>Whether the session <paramref name="trace"/> has a connection to the hop at <paramref name="hop"/>, and so may send datagrams there.</summary>
    public bool IsOpen(TraceId trace, IpLiteral hop) => _open.TryGetValue(trace, out var hops) && hops.Contains(hop.Canonical);

    private void Follow(Topology topology) =>
        Volatile.Write(ref _members, [.. topology.Members.SelectMany(member => member.Endpoints).Select(endpoint => endpoint.Canonical)]);

    private static HashSet<LiteralEndpoint> Literals(IEnumerable<GatewayServerSettings> gateways) =>
        [.. gateways.Select(Literal).OfType<LiteralEndpoint>()];

    private static LiteralEndpoint? Literal(GatewayServerSettings gateway) =>
        gateway.Address.TryGetLiteral(out var endpoint) ? endpoint.Canonical : null;
}
