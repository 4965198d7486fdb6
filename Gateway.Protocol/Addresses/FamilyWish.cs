namespace Gateway.Protocol;

/// <summary>Which family an outgoing connection may or should use (<c>over</c> in the settings). The numbers travel in member legs.</summary>
public enum FamilyWish : byte
{
    /// <summary>Both, in the order of RFC 6724.</summary>
    Any,
    /// <summary>IPv4 only.</summary>
    Ipv4,
    /// <summary>IPv6 only.</summary>
    Ipv6,
    /// <summary>Both, IPv4 first.</summary>
    PreferIpv4,
    /// <summary>Both, IPv6 first.</summary>
    PreferIpv6,
}
