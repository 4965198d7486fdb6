using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Bench;

/// <summary>Nonsense behind a request, as much as it takes to fill the machine's memory if anybody kept it.</summary>
internal static class GarbagePour
{
    private const long Octets = 4L << 30;

    /// <summary>
    /// The same amount twice: on the control connection of an association, which takes everything, and behind requests that are refused,
    /// on one connection after the other because each is cut off.
    /// </summary>
    public static void Run(IPEndPoint gateway)
    {
        Pour(gateway, new SocksRequest(SocksCommand.UdpAssociate, RequestFlags.None, SocksEndpoint.Unspecified), Octets);
        for (var poured = 0L; poured < Octets;)
            poured += Math.Max(1, Pour(gateway, new SocksRequest((SocksCommand)0x7F, RequestFlags.None, SocksEndpoint.Unspecified), Octets - poured));
    }

    private static long Pour(IPEndPoint gateway, SocksRequest request, long most)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SendTimeout = (int)SoakClient.Patience.TotalMilliseconds;
        var garbage = new byte[256 * 1024];
        var poured = 0L;
        socket.Connect(gateway);
        try
        {
            socket.Send([.. MethodOffer.Of(AuthMethod.NoAuthentication).ToBytes(), .. request.ToBytes()]);
            while (poured < most)
                poured += socket.Send(garbage);
        }
        catch (SocketException)
        {
        }
        return poured;
    }
}
