using System.Collections.Immutable;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Status;

/// <summary>How the chains of the settings stand, from what is known of members and legs. A value of that moment; nobody is asked.</summary>
internal sealed class ChainStatus(GatewaySettings settings, Topology topology, LegHealth legs, ImmutableSortedSet<string> ejected, TimeSpan now)
{
    public IReadOnlyList<ChainView> Chains => [.. settings.Chains.Select(chain => View(chain.Key, chain.Value))];

    public IReadOnlyList<LegView> Ejected => [.. legs.Ejected.Select(ejected => View(ejected.Leg))];

    public ChainView View(string name, ChainSettings chain)
    {
        List<ChainHopView> hops = [];
        string? whyNot = null;
        var isForOthers = false;
        List<string> standing = [settings.Node.Name];
        for (var number = 0; number < chain.Hops.Count; number++)
        {
            var candidates = new HopCandidates(settings, topology, ejected, chain, number, Terms, static (_, _) => HopLogin.None, new HopLoad());
            var ways = standing.SelectMany(from => candidates.Servers.Where(server => server.Name != from).SelectMany(server => Legs(from, server))).Distinct().ToList();
            hops.Add(new(chain.Hops[number], [.. candidates.Servers.Select(server => server.Name)], candidates.Ejected, [.. ways.Select(View)]));
            isForOthers |= candidates.IsSelfAlone;
            if (candidates.Servers.Count == 0)
                whyNot ??= $"hop {number + 1}: {candidates.WhyNone}";
            else if (ways.TrueForAll(IsDown))
                whyNot ??= $"hop {number + 1}: every leg that leads there is ejected, or ends at a member that is out of reach";
            // Where no way stands, what follows is shown as it would be if one did.
            var reached = ways.Where(way => !IsDown(way)).Select(way => way.To).Distinct().ToList();
            standing = reached.Count > 0 ? reached : [.. candidates.Servers.Select(server => server.Name)];
        }
        return new(name, chain, hops, whyNot, isForOthers);
    }

    /// <summary>Those of a client without a name, to wherever the chain leads.</summary>
    private ChainTerms Terms => new()
    {
        Client = IpLiteral.Parse("127.0.0.1"),
        Trace = default,
        Destination = SocksEndpoint.Unspecified,
        HopsLeft = settings.MaxHops - 1,
    };

    private static IEnumerable<Leg> Legs(string from, PooledServer server) =>
        server.Addresses.Select(address => new Leg(from, server.Name, address.Address.Address.TryGetIp(out var ip) ? ip.Canonical.Family : IpFamily.None)).Distinct();

    private bool IsDown(Leg leg) => IsEjected(leg) || topology.Find(leg.To) is { IsReachable: false };

    private bool IsEjected(Leg leg) => legs.IsEjected(leg, now);

    private LegView View(Leg leg)
    {
        var failed = legs.Ejected.Where(known => known.Leg == leg).Select(known => (EjectedLeg?)known).FirstOrDefault();
        var isEjected = failed is not null && IsEjected(leg);
        var again = failed is { } entry && entry.Due > now ? entry.Due - now : TimeSpan.Zero;
        return new(leg, isEjected, failed?.Failures ?? 0, failed is null ? null : again, legs.Latency(leg));
    }
}
