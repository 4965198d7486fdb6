using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace SocksLib.Tests.Client;

/// <summary>Servers of the tests as the client is told of them.</summary>
internal static class Servers
{
    public const string V4 = "127.0.0.1", V6 = "::1";

    public static HopServer At(IPEndPoint endpoint) => HopServer.At(endpoint.Address.ToString(), endpoint.Port);

    /// <summary>A gateway, spoken to as a stranger.</summary>
    public static HopServer Stranger(TestGateway gateway, string family = V4) =>
        At(gateway.Host.Listening.First(door => door.Address.Family == IpLiteral.Parse(family).Family).ToIPEndPoint());

    /// <summary>A gateway, spoken to as one of ours.</summary>
    public static HopServer Ours(TestGateway gateway, string family = V4) =>
        Stranger(gateway, family) with { TakesOneFlight = true, AddressAssociate = true };

    /// <summary>The same octets come back.</summary>
    public static async Task EchoAsync(Stream stream, params byte[] octets)
    {
        await stream.WriteAsync(octets);
        var back = new byte[octets.Length];
        await stream.ReadExactlyAsync(back).AsTask().WaitAsync(Eventually.Patience);
        Assert.Equal(octets, back);
    }

    /// <summary>All octets up to the end.</summary>
    public static async Task<byte[]> ReadToEndAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).WaitAsync(Eventually.Patience);
        return all.ToArray();
    }

}
