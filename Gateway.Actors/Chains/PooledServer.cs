using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>One server of a hop with all its addresses that keep to the hop's family; never without one.</summary>
/// <param name="Name">The member's or the gateway's.</param>
/// <param name="Addresses">One <see cref="HopServer"/> each, all of this name.</param>
/// <param name="Sessions">How many it serves, as far as this node knows.</param>
/// <param name="IsReachable">The cluster has heard of it lately; true of servers outside the cluster.</param>
public sealed record PooledServer(string Name, IReadOnlyList<HopServer> Addresses, int Sessions, bool IsReachable = true);
