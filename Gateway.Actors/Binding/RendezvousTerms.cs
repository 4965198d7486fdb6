using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Binding;

/// <summary>What a rendezvous listens on, for whom, and how long.</summary>
/// <param name="Ipv4">Where to listen on IPv4, port 0; the default value when that family is not used.</param>
/// <param name="Ipv6">Where to listen on IPv6, port 0; the default value when that family is not used.</param>
/// <param name="MayCome">Whether this peer may take part: asked for each that connects.</param>
/// <param name="Patience">How long the peer may take.</param>
internal sealed record RendezvousTerms(IpEndpoint Ipv4, IpEndpoint Ipv6, Func<LiteralEndpoint, bool> MayCome, TimeSpan Patience);
