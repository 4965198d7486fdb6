using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>Hears of the datagrams that come back through a <see cref="DatagramChain"/>.</summary>
internal interface IDatagramChainHandler
{
    /// <summary>A datagram for the client.</summary>
    /// <param name="batch">Where it lies.</param>
    /// <param name="index">Its number there.</param>
    /// <param name="start">Where the last hop's header begins in its payload.</param>
    /// <param name="length">Of that header.</param>
    /// <param name="source">Whence it came, by that header.</param>
    /// <param name="shown">What the client is shown instead, which may be the same.</param>
    /// <param name="way">The way that it took.</param>
    void OnReturned(UdpBatch batch, int index, int start, int length, in SocksEndpoint source, in SocksEndpoint shown, WayTraffic way);
}
