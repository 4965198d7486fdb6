using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>What counts as one client (<see cref="IpLiteral.ClientNetwork"/>).</summary>
public readonly record struct ClientKey
{
    private readonly IpLiteral _network;

    private ClientKey(IpLiteral network) => _network = network;

    public static ClientKey Of(IpLiteral client) => new(client.ClientNetwork);

    public override string ToString() => _network.IsIpv6 ? $"{_network}/64" : _network.ToString();
}
