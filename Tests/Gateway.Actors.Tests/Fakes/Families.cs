using System.Net;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.Fakes;

/// <summary>Clients and destinations of both families.</summary>
internal static class Families
{
    public const string V4 = "127.0.0.1", V6 = "::1";

    /// <summary>RFC 3089 §1: A, B, C and D.</summary>
    public static TheoryData<string, string> All => new() { { V4, V4 }, { V4, V6 }, { V6, V4 }, { V6, V6 } };

    public static SocksEndpoint Named(string name, int port) => new(SocksAddress.FromName(name), (ushort)port);

    public static SocksEndpoint Literal(string address, int port) => new(IpLiteral.Parse(address), (ushort)port);

    /// <summary>The address in a reply; fails when it is none.</summary>
    public static IPAddress Ip(this SocksEndpoint endpoint)
    {
        Assert.True(endpoint.TryGetLiteral(out var literal), $"{endpoint} is no address");
        return literal.Address.ToIPAddress();
    }

    /// <summary>The ID in a reply; fails when it is none.</summary>
    public static AddressId Id(this SocksReply reply)
    {
        Assert.Equal(ReplyCode.Succeeded, reply.Code);
        Assert.True(reply.Bound.Address.TryGetId(out var id), $"{reply.Bound} is no ADDRESS ID");
        return id;
    }
}
