namespace Gateway.Protocol;

/// <summary>
/// The IPv4 address that an IPv6 address leads to. An access rule that judges only the outside of
/// <c>::ffff:169.254.169.254</c> is no rule.
/// </summary>
public static class EmbeddedIpv4
{
    /// <summary>
    /// Looks into mapped (<c>::ffff:0:0/96</c>), 6to4 (<c>2002::/16</c>, RFC 3056) and NAT64 addresses
    /// (<c>64:ff9b::/96</c>, and <paramref name="nat64"/> besides).
    /// </summary>
    public static bool TryFind(IpLiteral address, ReadOnlySpan<Nat64Prefix> nat64, out IpLiteral ipv4)
    {
        ipv4 = default;
        if (address.IsIpv4) return false;
        if (address.IsMapped)
        {
            ipv4 = address.Canonical;
            return true;
        }
        if (address.Bits >> 112 == 0x2002)
        {
            ipv4 = IpLiteral.Ipv4((uint)(address.Bits >> 80));
            return true;
        }
        if (Nat64Prefix.WellKnown.TryExtract(address, out ipv4)) return true;
        foreach (var prefix in nat64)
            if (prefix.TryExtract(address, out ipv4)) return true;
        return false;
    }
}
