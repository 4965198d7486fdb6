using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>Hears of a datagram that came back through a chain.</summary>
/// <param name="batch">Where it lies.</param>
/// <param name="index">Its number there.</param>
/// <param name="start">Where the last hop's header begins in its payload.</param>
/// <param name="length">Of that header.</param>
/// <param name="source">Whence it came, by that header.</param>
/// <param name="shown">What the client is shown instead, which may be the same.</param>
internal delegate void ChainedReceiver(UdpBatch batch, int index, int start, int length, in SocksEndpoint source, in SocksEndpoint shown);
