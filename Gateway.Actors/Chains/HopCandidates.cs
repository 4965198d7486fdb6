using System.Collections.Immutable;
using Gateway.Actors.Members;
using Gateway.Actors.Settings;
using Gateway.Actors.Settings.Reading;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>Who may serve as one hop of a chain, and why nobody does when nobody can. A value of the settings, the topology, what the operator ejected and the terms.</summary>
internal sealed class HopCandidates
{
    private readonly GatewaySettings _settings;
    private readonly ChainSettings _chain;
    private readonly HopSettings _hop;
    private readonly Topology _topology;
    private readonly ImmutableSortedSet<string> _ejected;
    private readonly ChainTerms _terms;
    private readonly int _number;
    private readonly HopLoad _load;

    /// <param name="number">The hop's, from 0.</param>
    public HopCandidates(
        GatewaySettings settings, Topology topology, ImmutableSortedSet<string> ejected, ChainSettings chain, int number, ChainTerms terms, Func<string, MemberLeg, HopLogin> logins, HopLoad load)
    {
        (_settings, _topology, _ejected, _chain, _number, _terms, _load) = (settings, topology, ejected, chain, number, terms, load);
        _hop = chain.Hops[number];
        Servers = _hop.Role is { } role ? [.. Members(role).Select(member => Pooled(member, logins))] : [.. Gateways().Select(Pooled)];
    }

    /// <summary>In the order of the settings, members by name.</summary>
    public IReadOnlyList<PooledServer> Servers { get; }

    /// <summary>In words, when there are no <see cref="Servers"/>.</summary>
    public string WhyNone
    {
        get
        {
            if (_hop.Role is not { } role)
                return _hop.Gateways.All(_ejected.Contains) ? "the operator ejected all of its gateways" : "none of its gateways can be told the destination's family";
            var holders = _topology.Others.Where(member => member.HasRole(role)).ToList();
            if (holders.Count == 0)
                return $"no other member of the cluster has the role {role}";
            if (holders.TrueForAll(member => member.IsDraining))
                return $"every member with the role {role} drains";
            if (holders.TrueForAll(member => member.IsDraining || _ejected.Contains(member.Name)))
                return $"every member with the role {role} was ejected by the operator, or drains";
            return $"no member with the role {role} {(IsLast ? $"reaches the destination's family, or " : "")}is there over {Kebab.Of(_hop.Over)}";
        }
    }

    /// <summary>This node has the hop's role, and nobody else has.</summary>
    public bool IsSelfAlone => _hop.Role is { } role && _topology.Self.HasRole(role) && !_topology.Others.Any(member => member.HasRole(role));

    private bool IsLast => _number == _chain.Hops.Count - 1;

    /// <summary>Servers of the hop's pool that the operator has taken out of it.</summary>
    public IReadOnlyList<string> Ejected =>
        [.. (_hop.Role is { } role ? _topology.Others.Where(member => member.HasRole(role)).Select(member => member.Name).Distinct() : _hop.Gateways).Where(_ejected.Contains)];

    /// <summary>Families that the hop needs towards the destination; all of them unless it is the last one.</summary>
    private FamilyWish Onward =>
        !IsLast ? FamilyWish.Any
        : _terms.Destination.Address.LiteralIfNamed.TryGetIp(out var ip) && !ip.IsUnspecified ? (ip.Canonical.IsIpv6 ? FamilyWish.Ipv6 : FamilyWish.Ipv4)
        : _terms.Beyond(_chain);

    private IEnumerable<Member> Members(string role) =>
        _topology.Others.Where(member => !member.IsDraining && !_ejected.Contains(member.Name) && member.HasRole(role) && Opens(member.Announced.Egress, Onward) && member.Endpoints.Any(IsOverFamily));

    private bool IsOverFamily(LiteralEndpoint endpoint) => _hop.Over.Allows(endpoint.Address.Canonical.Family);

    private static bool Opens(FamilyWish egress, FamilyWish onward) => onward switch
    {
        FamilyWish.Ipv4 => egress.Allows(IpFamily.V4),
        FamilyWish.Ipv6 => egress.Allows(IpFamily.V6),
        _ => true,
    };

    private PooledServer Pooled(Member member, Func<string, MemberLeg, HopLogin> logins)
    {
        var login = logins(member.Name, new MemberLeg
        {
            Member = _settings.Node.Name,
            Client = _terms.Client,
            User = _terms.User,
            Trace = _terms.Trace,
            HopsLeft = (byte)(_terms.HopsLeft - _number - 1),
            Over = IsLast ? _terms.Beyond(_chain) : FamilyWish.Any,
        });
        return new(member.Name, [.. member.Endpoints.Where(IsOverFamily).Select(endpoint => new HopServer
        {
            Name = member.Name,
            Address = SocksEndpoint.From(endpoint.Canonical),
            Over = _hop.Over,
            Login = login,
            TakesOneFlight = true,
            AddressAssociate = true,
        })], _load.Of(member.Name, member.Sessions), member.IsReachable);
    }

    /// <summary>Where the destination's family is a contract and its name is resolved by the last hop, only those who can be asked for that family.</summary>
    private IEnumerable<string> Gateways() =>
        IsLast && _terms.Destination.Address.LiteralIfNamed.IsName && _terms.Beyond(_chain) is FamilyWish.Ipv4 or FamilyWish.Ipv6
            ? InFamily.Where(name => _settings.Gateways[name].AddressAssociate)
            : InFamily;

    /// <summary>A named server is resolved within the family when it is used.</summary>
    private IEnumerable<string> InFamily =>
        _hop.Gateways.Where(name => !_ejected.Contains(name) && (!_settings.Gateways[name].Address.Address.TryGetIp(out var ip) || _hop.Over.Allows(ip.Canonical.Family)));

    private PooledServer Pooled(string name)
    {
        var gateway = _settings.Gateways[name];
        return new(name,
        [
            new HopServer
            {
                Name = name,
                Address = gateway.Address,
                Over = _hop.Over,
                Login = gateway is { Username: { } username, Password: { } password } ? HopLogin.Password(username, password.Reveal()) : HopLogin.None,
                TakesOneFlight = gateway.OneFlight,
                AddressAssociate = gateway.AddressAssociate,
            },
        ], _load.Of(name));
    }
}
