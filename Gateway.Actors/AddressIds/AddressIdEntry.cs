using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// What stands behind an ADDRESS ID: the address or name it was given for. <c>B16</c>: the addresses of a name are the resolver's, which
/// knows when they are old, and keeps them for the time when no name server answers.
/// </summary>
/// <param name="Target">An IPv4 or IPv6 address, or a name.</param>
public sealed record AddressIdEntry(AddressIdOwner Owner, AddressId Id, SocksAddress Target);
