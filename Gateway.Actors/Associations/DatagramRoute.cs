using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>Where the datagrams for one destination go.</summary>
/// <param name="Remote">Address and port; of no family when a chain leads there.</param>
/// <param name="Id">The ADDRESS ID that the client named it by, so that answers show it too (<c>B17</c>).</param>
/// <param name="Chain">The chain that leads there; null for the direct way.</param>
/// <param name="Target">What the last hop of the chain shall read: an address, or a name that it resolves.</param>
internal readonly record struct DatagramRoute(IpEndpoint Remote, AddressId? Id, string? Chain = null, SocksEndpoint Target = default);
