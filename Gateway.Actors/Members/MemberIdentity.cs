using Gateway.Actors.Listeners;
using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>What this node says of itself; the same through all lives of its member system. Safe from any thread.</summary>
/// <param name="settings">Name, roles and egress. Name and roles stay to the end.</param>
/// <param name="doors">Its listeners with their true ports.</param>
/// <param name="sessions">How many sessions live.</param>
internal sealed class MemberIdentity(GatewaySettings settings, IReadOnlyList<Door> doors, Func<int> sessions)
{
    /// <summary>Milliseconds.</summary>
    private const long EndpointsHold = 10_000;

    private readonly string[] _roles = [.. settings.Node.Roles.Union(settings.Cluster.AkkaRoles)];
    private volatile Ways _ways = new(settings.Egress, doors);
    private volatile bool _isDraining;
    private volatile KnownEndpoints? _endpoints;

    public string Name => settings.Node.Name;

    public IReadOnlyList<string> Roles => _roles;

    /// <summary>Whether it says that it takes no new connections.</summary>
    public bool IsDraining
    {
        get => _isDraining;
        set => _isDraining = value;
    }

    /// <summary>Other ways in and out.</summary>
    public void Change(EgressSettings egress, IReadOnlyList<Door> doors) => _ways = new(egress, doors);

    /// <param name="life">Of the member system; the default for a node that has none.</param>
    /// <param name="host">What the others know this node's remoting by, or null.</param>
    public MemberAnnouncement Describe(Incarnation life, string? host)
    {
        var ways = _ways;
        return new()
        {
            Name = Name,
            Incarnation = life,
            Roles = _roles,
            Endpoints = EndpointsAt(host, ways),
            Egress = ways.Egress switch
            {
                { Ipv4.Count: 0 } => FamilyWish.Ipv6,
                { Ipv6.Count: 0 } => FamilyWish.Ipv4,
                _ => FamilyWish.Any,
            },
            Sessions = sessions(),
            IsDraining = _isDraining,
        };
    }

    /// <summary>Looked up now and then only: the addresses of a machine take long to list, and change seldom.</summary>
    private IReadOnlyList<LiteralEndpoint> EndpointsAt(string? host, Ways ways)
    {
        if (_endpoints is { } known && known.Host == host && known.Ways == ways && Environment.TickCount64 - known.Since < EndpointsHold)
            return known.Endpoints;
        var endpoints = MemberEndpoints.Of(ways.Doors, host, MemberEndpoints.OfThisMachine);
        _endpoints = new(host, ways, endpoints, Environment.TickCount64);
        return endpoints;
    }

    private sealed record KnownEndpoints(string? Host, Ways Ways, IReadOnlyList<LiteralEndpoint> Endpoints, long Since);

    private sealed record Ways(EgressSettings Egress, IReadOnlyList<Door> Doors);
}
