using Gateway.Actors.Sessions;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Names;

/// <summary>The answer to a <see cref="NameLookup"/>.</summary>
/// <param name="Status">Found with at least one address, or why not.</param>
internal sealed record NameResolved(ResolveStatus Status, IReadOnlyList<IpLiteral> Addresses) : ISessionNews;

/// <summary>The answer to a <see cref="ReverseLookup"/>; null when the address has no name, or none that a reply could carry.</summary>
internal sealed record AddressNamed(SocksAddress? Name) : ISessionNews;
