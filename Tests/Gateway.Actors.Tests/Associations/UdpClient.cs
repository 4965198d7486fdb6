using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Associations;

/// <summary>A client with a UDP association: its control connection, and the socket that it sends from.</summary>
internal sealed class UdpClient : IDisposable
{
    private readonly IPEndPoint _relay;

    private UdpClient(SocksTestClient control, UdpPeer own, SocksReply reply)
    {
        (Control, Own, Reply) = (control, own, reply);
        _relay = new IPEndPoint(own.Endpoint.Address, reply.Bound.Port);
    }

    public SocksTestClient Control { get; }

    public UdpPeer Own { get; }

    public SocksReply Reply { get; }

    public static async Task<UdpClient> AssociateAsync(
        TestGateway gateway, string family, SocksEndpoint? destination = null, RequestFlags flags = 0, SocksCommand command = SocksCommand.UdpAssociate)
    {
        var address = IPAddress.Parse(family);
        var control = await gateway.ConnectAsync(address);
        var reply = await control.AskAsync(command, destination ?? SocksEndpoint.Unspecified, flags);
        return Of(control, family, reply);
    }

    /// <summary>The client whose association <paramref name="reply"/> grants.</summary>
    public static UdpClient Of(SocksTestClient control, string family, SocksReply reply)
    {
        Assert.Equal(ReplyCode.Succeeded, reply.Code);
        return new UdpClient(control, new UdpPeer(IPAddress.Parse(family)), reply);
    }

    public Task SendAsync(SocksEndpoint to, string data, byte fragment = 0) => SendAsync(Own, to, data, fragment);

    public Task SendAsync(IPEndPoint to, string data, byte fragment = 0) => SendAsync(SocksEndpoint.From(to), data, fragment);

    /// <summary>From a socket that need not be the client's.</summary>
    public Task SendAsync(UdpPeer from, SocksEndpoint to, string data, byte fragment = 0) =>
        from.SendAsync([.. new UdpHeader(fragment, to).ToBytes(), .. System.Text.Encoding.ASCII.GetBytes(data)], _relay);

    /// <summary>Octets that need not be a datagram with a header.</summary>
    public Task SendRawAsync(string hex) => Own.SendAsync(Convert.FromHexString(hex.Replace(" ", "")), _relay);

    /// <summary>The next datagram that the gateway relays to the client.</summary>
    public async Task<(SocksEndpoint From, string Data)> ReceiveAsync()
    {
        var (octets, from) = await Own.ReceiveAsync();
        Assert.Equal(_relay, from);
        Assert.Equal(ReadStatus.Complete, UdpHeader.Read(octets, out var header, out var length));
        Assert.True(header.StandsAlone);
        return (header.Destination, System.Text.Encoding.ASCII.GetString(octets.AsSpan(length)));
    }

    /// <summary>Asks on the control channel.</summary>
    public async Task<SocksReply> AskAsync(byte subcommand, SocksEndpoint target)
    {
        await Control.SendAsync(new ControlRequest(subcommand, 0, target));
        return await Control.ReadAsync<SocksReply>();
    }

    public void Dispose()
    {
        Control.Dispose();
        Own.Dispose();
    }
}
