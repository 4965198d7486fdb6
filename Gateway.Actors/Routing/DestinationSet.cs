using Gateway.Protocol;

namespace Gateway.Actors.Routing;

/// <summary>The destinations of a route: everything, or some networks and names.</summary>
public sealed class DestinationSet
{
    private readonly bool _all;
    private readonly IpNetwork[] _networks;
    private readonly NamePattern[] _names;

    private DestinationSet(bool all, IpNetwork[] networks, NamePattern[] names)
    {
        (_all, _networks, _names) = (all, networks, names);
        Holds = all ? DestinationKinds.All : (names.Length > 0 ? DestinationKinds.Name : 0)
            | (networks.Any(network => network.Address.IsIpv4) ? DestinationKinds.Ipv4 : 0)
            | (networks.Any(network => network.Address.IsIpv6) ? DestinationKinds.Ipv6 : 0);
    }

    public static DestinationSet Any { get; } = new(true, [], []);

    public bool IsAny => _all;

    /// <summary>Whether a name can be among them.</summary>
    public bool HoldsNames => (Holds & DestinationKinds.Name) != 0;

    internal DestinationKinds Holds { get; }

    public static DestinationSet Of(IEnumerable<IpNetwork> networks, IEnumerable<NamePattern> names) => new(false, [.. networks], [.. names]);

    public bool ContainsName(ReadOnlySpan<byte> name)
    {
        foreach (var pattern in _names)
            if (pattern.Matches(name))
                return true;
        return _all;
    }

    /// <param name="address">Canonical.</param>
    public bool ContainsAddress(in IpLiteral address)
    {
        foreach (ref readonly var network in _networks.AsSpan())
            if (network.ContainsCanonical(address))
                return true;
        return _all;
    }

    /// <summary>Whether one of the networks holds the address and lies itself within <paramref name="block"/>: the block's owner was meant.</summary>
    public bool Names(IpLiteral address, IpNetwork block)
    {
        foreach (var network in _networks)
            if (network.Contains(address) && block.Contains(network))
                return true;
        return false;
    }

    public override string ToString() => _all ? "any" : string.Join(", ", [.. _networks.Select(n => n.ToString()), .. _names.Select(n => n.ToString())]);
}
