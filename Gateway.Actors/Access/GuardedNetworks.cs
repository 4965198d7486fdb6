using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>
/// Destinations that only the machine itself or its closest neighbours should reach, and that a gateway would otherwise open to
/// its remote clients: itself, its links, the cloud's metadata. A route that names them literally opens them.
/// </summary>
public static class GuardedNetworks
{
    private static readonly IpNetwork Loopback4 = IpNetwork.Parse("127.0.0.0/8");
    private static readonly IpNetwork Loopback6 = IpNetwork.Parse("::1");

    private static readonly IpNetwork[] Ipv4 =
    [
        Loopback4,
        IpNetwork.Parse("0.0.0.0/8"), // this host on this network, RFC 1122 §3.2.1.3; Linux connects 0.0.0.0 to itself
        IpNetwork.Parse("169.254.0.0/16"), // link-local, RFC 3927; 169.254.169.254 is the metadata of most clouds
        IpNetwork.Parse("224.0.0.0/4"), // multicast
        IpNetwork.Parse("240.0.0.0/4"), // reserved, and the broadcast address
        IpNetwork.Parse("100.100.100.200"), // Alibaba Cloud's metadata
        IpNetwork.Parse("168.63.129.16"), // Azure's host agent
        IpNetwork.Parse("192.0.0.192"), // Oracle Cloud's older metadata
    ];

    private static readonly IpNetwork[] Ipv6 =
    [
        Loopback6,
        IpNetwork.Parse("::"), // unspecified; Linux connects it to itself
        IpNetwork.Parse("fe80::/10"), // link-local
        IpNetwork.Parse("ff00::/8"), // multicast
        IpNetwork.Parse("fd00:ec2::/32"), // Amazon's metadata and time
        IpNetwork.Parse("fd20:ce::254"), // Google's metadata
        IpNetwork.Parse("fd00:42::42"), // Scaleway's metadata
    ];

    private static readonly bool[] FirstOctets4 = FirstOctets(Ipv4, 32), FirstOctets6 = FirstOctets(Ipv6, 128);

    public static bool Loopback(IpLiteral address) => Loopback4.Contains(address) || Loopback6.Contains(address);

    /// <summary>The block that guards this address itself; what is embedded in it has to be asked for on its own.</summary>
    public static bool TryFind(IpLiteral address, out IpNetwork block)
    {
        address = address.Canonical;
        block = default;
        if (!(address.IsIpv6 ? FirstOctets6[(byte)(address.Bits >> 120)] : FirstOctets4[(byte)(address.Bits >> 24)]))
            return false;
        foreach (ref readonly var guarded in (address.IsIpv6 ? Ipv6 : Ipv4).AsSpan())
            if (guarded.ContainsCanonical(address))
            {
                block = guarded;
                return true;
            }
        return false;
    }

    /// <summary>For each first octet of an address of so many bits, whether a block has it: most addresses are told by that alone.</summary>
    private static bool[] FirstOctets(IpNetwork[] networks, int bits)
    {
        var first = new bool[256];
        foreach (var network in networks)
        {
            var octet = (int)(network.Address.Bits >> (bits - 8));
            Array.Fill(first, true, octet, 1 << Math.Max(0, 8 - network.Prefix));
        }
        return first;
    }
}
