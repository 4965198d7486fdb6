using Gateway.Protocol;

namespace SocksLib;

/// <summary>What has been received.</summary>
/// <param name="Length">Octets of data, now in the buffer.</param>
/// <param name="Source">Who sent it: an address, or the name that it was sent to where the gateway keeps an ADDRESS ID for that.</param>
/// <param name="IsTruncated">There was more than the buffer has room for.</param>
public readonly record struct SocksDatagram(int Length, SocksEndpoint Source, bool IsTruncated);
