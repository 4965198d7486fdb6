using Gateway.Protocol;

namespace Gateway.Actors.Settings;

/// <summary>How the gateway appears to destinations.</summary>
public sealed record EgressSettings
{
    /// <summary>Source addresses, used in turn; empty when IPv4 must not be used at all.</summary>
    public IReadOnlyList<IpLiteral> Ipv4 { get; init; } = [IpLiteral.AnyIpv4];

    /// <summary>Source addresses, used in turn; empty when IPv6 must not be used at all.</summary>
    public IReadOnlyList<IpLiteral> Ipv6 { get; init; } = [IpLiteral.AnyIpv6];

    /// <summary>Prefixes besides 64:ff9b::/96 under which this network reaches IPv4 hosts, so that rules see the IPv4 address inside.</summary>
    public IReadOnlyList<Nat64Prefix> Nat64 { get; init; } = [];
}
