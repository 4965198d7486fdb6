using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>Where the datagrams for one destination go.</summary>
/// <param name="Remote">Address and port.</param>
/// <param name="Id">The ADDRESS ID that the client named it by, so that answers show it too (<c>B17</c>).</param>
internal readonly record struct DatagramRoute(IpEndpoint Remote, AddressId? Id);
