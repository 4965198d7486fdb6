using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>
/// What counts as one client: an IPv4 address, or an IPv6 /64, because a host is given a whole one and can use every address of it.
/// </summary>
public readonly record struct ClientKey
{
    private static readonly UInt128 Network64 = UInt128.MaxValue << 64;

    private readonly IpLiteral _network;

    private ClientKey(IpLiteral network) => _network = network;

    public static ClientKey Of(IpLiteral client)
    {
        var address = client.Canonical;
        return new(address.IsIpv6 ? IpLiteral.Ipv6(address.Bits & Network64) : address);
    }

    public override string ToString() => _network.IsIpv6 ? $"{_network}/64" : _network.ToString();
}
