using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Associations;

/// <summary>INTERFACE REQUEST and USECLIENTSPORT of draft-ietf-aft-socks-pro-v5.</summary>
public class ControlChannelTests
{
    private const RequestFlags Interface = RequestFlags.InterfaceRequest, ClientsPort = RequestFlags.UseClientsPort;

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Interface_data_tells_what_the_remote_sees(string remote)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Parse(remote));
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);
        Assert.Equal(Interface, udp.Reply.Flags);

        var told = await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint));
        await udp.SendAsync(there.Endpoint, "x");

        Assert.Equal(SocksReply.Success(SocksEndpoint.From((await there.ReceiveAsync()).From)), told);
    }

    [Fact]
    public async Task Interface_data_may_be_asked_for_by_name_and_by_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V6);
        using var socks = await gateway.ConnectAsync();
        var id = (await socks.AskAsync(SocksCommand.AddressAssociate, Named("there.test", 0))).Id();
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);

        var byName = await udp.AskAsync(ControlRequest.InterfaceData, Named("there.test", 53));
        var byId = await udp.AskAsync(ControlRequest.InterfaceData, new SocksEndpoint(SocksAddress.From(id), 53));

        Assert.Equal(IPAddress.IPv6Loopback, byName.Bound.Ip());
        Assert.Equal(byName, byId);
    }

    [Fact]
    public async Task Failed_request_is_answered_and_the_association_lives_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);

        Assert.Equal(SocksReply.Failure(ReplyCode.CommandNotSupported), await udp.AskAsync(2, SocksEndpoint.From(there.Endpoint)));
        Assert.Equal(ReplyCode.HostUnreachable, (await udp.AskAsync(ControlRequest.InterfaceData, Named("nowhere.test", 53))).Code);
        Assert.Equal(ReplyCode.Succeeded, (await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint))).Code);

        await udp.SendAsync(there.Endpoint, "x");
        await there.ReceiveAsync();
    }

    [Fact]
    public async Task Id_that_the_client_does_not_have_is_an_invalid_address()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);

        var told = await udp.AskAsync(ControlRequest.InterfaceData, new SocksEndpoint(SocksAddress.From(new AddressId(0xA1B2C3)), 53));

        Assert.Equal(SocksReply.Failure(ReplyCode.InvalidAddress), told);
    }

    [Fact]
    public async Task Destinations_that_the_rules_refuse_are_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync(
            """routes = [{ to = ["127.0.0.2", "secret.test"], via = reject }, { to = any, via = direct }]""");
        gateway.Names.Add("secret.test", V4);
        gateway.Names.Add("rebound.test", "127.0.0.2");
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);

        foreach (var refused in new[] { Literal("127.0.0.2", 53), Named("secret.test", 53), Named("rebound.test", 53), Named("rebound.test", 53) })
            Assert.Equal(SocksReply.Failure(ReplyCode.NotAllowed), await udp.AskAsync(ControlRequest.InterfaceData, refused));
        Assert.Equal(ReplyCode.Succeeded, (await udp.AskAsync(ControlRequest.InterfaceData, Literal(V4, 53))).Code);
    }

    [Fact]
    public async Task Requests_that_come_at_once_or_in_pieces_are_answered_in_their_order()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("slow.test", V4);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);
        var requests = new[] { Named("slow.test", 53), Literal(V6, 53), Literal(V4, 53) }
            .SelectMany(target => new ControlRequest(ControlRequest.InterfaceData, 0, target).ToBytes()).ToArray();

        await udp.Control.SendAsync(requests);
        foreach (var octet in Splitter.Pieces(requests, 1))
            await udp.Control.SendAsync(octet);

        foreach (var expected in new[] { V4, V6, V4, V4, V6, V4 })
            Assert.Equal(IPAddress.Parse(expected), (await udp.Control.ReadAsync<SocksReply>()).Bound.Ip());
    }

    [Fact]
    public async Task Broken_request_ends_the_association()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var udp = await UdpClient.AssociateAsync(gateway, V4, flags: Interface);
        await udp.Control.SendAsync((byte[])[1]);
        await udp.Control.ReadToEndAsync();
    }

    [Fact]
    public async Task Without_the_flag_what_the_client_says_means_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);

        await udp.Control.SendAsync(new ControlRequest(ControlRequest.InterfaceData, 0, SocksEndpoint.From(there.Endpoint)));
        await udp.SendAsync(there.Endpoint, "x");
        await there.ReceiveAsync();
        udp.Control.Socket.Finish();

        Assert.Empty(await udp.Control.ReadToEndAsync());
    }

    [Fact]
    public async Task Clients_port_is_what_the_remote_sees_when_it_can_be_had()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        var port = FreePort();
        using var udp = await UdpClient.AssociateAsync(gateway, V4, Literal("0.0.0.0", port), ClientsPort);
        Assert.Equal(ClientsPort, udp.Reply.Flags);

        await udp.SendAsync(there.Endpoint, "x");

        Assert.Equal(port, (await there.ReceiveAsync()).From.Port);
    }

    [Fact]
    public async Task Clients_port_that_is_taken_is_not_claimed()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var taken = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, Literal("0.0.0.0", taken.Endpoint.Port), ClientsPort | Interface);
        Assert.Equal(Interface, udp.Reply.Flags);

        await udp.SendAsync(there.Endpoint, "x");

        Assert.NotEqual(taken.Endpoint.Port, (await there.ReceiveAsync()).From.Port);
    }

    [Theory]
    [InlineData("protocol.udp-flags = off")]
    [InlineData("protocol.strict-rfc1928 = on")]
    public async Task Flags_mean_nothing_where_the_settings_say_so(string settings)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, Literal("0.0.0.0", FreePort()), Interface | ClientsPort);
        Assert.Equal(RequestFlags.None, udp.Reply.Flags);
    }

    /// <summary>A port that was free on both families a moment ago.</summary>
    private static int FreePort()
    {
        using var peer = new UdpPeer(IPAddress.Any);
        return peer.Endpoint.Port;
    }
}
