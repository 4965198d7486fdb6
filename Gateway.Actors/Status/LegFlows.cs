using System.Runtime.InteropServices;
using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>
/// Octets by the legs of the way they took, from clients to destinations. The gateway that a client came to counts the legs of its chain, the
/// gateway that connects to the destination counts the last one: so what several gateways tell can be added. Written by one thread at a time.
/// </summary>
public sealed class LegFlows
{
    /// <summary>Legs that are told apart; names come from settings and members, so there are never so many.</summary>
    private const int Capacity = 10_000;

    private readonly Dictionary<FlowLeg, FlowCounts> _legs = [];

    public IReadOnlyDictionary<FlowLeg, FlowCounts> Legs => _legs;

    /// <summary>No route decides where a member's leg leads to the next member: it is the entry that counts this leg.</summary>
    internal void CountLive(string node, ISessionFacts session)
    {
        if (session.Via is not null)
            Count(node, session.Member is null ? session.Client : null, session.Hops, session.Ways, session.Peer, new(1, session.Sent, session.Received));
    }

    /// <inheritdoc cref="CountLive"/>
    internal void CountEnded(string node, SessionRecord session)
    {
        if (session.Route is not null && session.Sent + session.Received > 0)
            Count(node, session.Member is null ? session.Client : null, session.Hops, session.Ways, session.Peer, new(0, session.Sent, session.Received));
    }

    internal void Add(LegFlows other)
    {
        foreach (var (leg, counts) in other._legs)
            Add(leg, counts);
    }

    /// <param name="client">Null where the session came through a member.</param>
    /// <param name="ways">Of an association, each with octets of its own.</param>
    private void Count(string node, LiteralEndpoint? client, IReadOnlyList<HopRecord> hops, IReadOnlyList<WayRecord> ways, LiteralEndpoint? peer, FlowCounts counts)
    {
        if (hops.Count == 0 && peer is { } reached)
            Add(new(node, null, FamilyOf(reached)), counts);
        if (client is not { } own)
            return;
        Add(new(null, node, FamilyOf(own)), counts);
        if (ways.Count == 0)
            CountHops(node, hops, counts);
        foreach (var way in ways)
            CountHops(node, way.Hops, new(way.Stands ? counts.Sessions : 0, way.Sent, way.Received));
    }

    private void CountHops(string node, IReadOnlyList<HopRecord> hops, FlowCounts counts)
    {
        var from = node;
        foreach (var hop in hops)
        {
            Add(new(from, hop.Name, FamilyOf(hop.Address)), counts);
            from = hop.Name;
        }
    }

    private void Add(FlowLeg leg, FlowCounts counts)
    {
        if (_legs.Count >= Capacity && !_legs.ContainsKey(leg))
            return;
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_legs, leg, out _);
        sum += counts;
    }

    private static IpFamily FamilyOf(LiteralEndpoint endpoint) => endpoint.Address.Canonical.Family;
}
