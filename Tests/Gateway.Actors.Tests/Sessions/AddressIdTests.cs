using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Access;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

/// <summary>IDs in the place of addresses, and commands that give one besides.</summary>
public class AddressIdTests
{
    private const SocksCommand Associate = SocksCommand.AddressAssociate;

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Id_leads_where_its_name_leads_on_another_connection_too(string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("echo.test", destination);
        using var echo = new EchoServer(IPAddress.Parse(destination));
        var id = await GetIdAsync(gateway, Named("echo.test", 0));
        using var socks = await gateway.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, To(id, echo.Endpoint.Port))).Code);

        await socks.EchoAsync([1, 2, 3]);
    }

    [Fact]
    public async Task Rules_judge_what_an_id_stands_for()
    {
        await using var gateway = await TestGateway.StartAsync(
            """routes = [{ to = "secret.test", command = connect, via = reject }, { to = any, via = direct }]""");
        var id = await GetIdAsync(gateway, Named("secret.test", 0));
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.Connect, To(id, 80))).Code);
    }

    [Theory]
    [InlineData(SocksCommand.Connect)]
    [InlineData(SocksCommand.Bind)]
    [InlineData(SocksCommand.AddressAssociate)]
    [InlineData(SocksCommand.UdpAssociateWithId)]
    public async Task Unknown_id_is_an_invalid_address(SocksCommand command)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Failure(ReplyCode.InvalidAddress), await socks.AskAsync(command, To(new AddressId(0xA1B2C3), 1)));
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Id_of_another_client_is_unknown()
    {
        await using var gateway = await TestGateway.StartAsync();
        var id = await GetIdAsync(gateway, Named("example.com", 0));
        using var other = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(ReplyCode.InvalidAddress, (await other.AskAsync(SocksCommand.Connect, To(id, 80))).Code);
    }

    [Fact]
    public async Task Guesser_of_ids_finds_not_even_its_own()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(time: time);
        var id = await GetIdAsync(gateway, Named("example.com", 0));
        for (var guess = 0; guess < new GuessThrottle().Free; guess++)
            Assert.Equal(ReplyCode.InvalidAddress, await AssociateAsync(gateway, To(new AddressId(id.RealId ^ 1), 0)));

        Assert.Equal(ReplyCode.InvalidAddress, await AssociateAsync(gateway, To(id, 0)));
        time.Advance(new GuessThrottle().FirstWait);
        Assert.Equal(ReplyCode.Succeeded, await AssociateAsync(gateway, To(id, 0)));
    }

    [Fact]
    public async Task Id_of_an_id_is_the_same_and_its_address_can_be_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("example.com", "192.0.2.10", "2001:db8::10");
        using var socks = await gateway.ConnectAsync();
        var id = (await socks.AskAsync(Associate, Named("example.com", 0))).Id();

        Assert.Equal(id, (await socks.RequestAsync(Associate, To(id, 0))).Id());
        Assert.Equal(Literal("192.0.2.10", 0), (await socks.RequestAsync(Associate, To(id, 1))).Bound);
        Assert.Equal(Named("example.com", 0), (await socks.RequestAsync(Associate, To(id, 3))).Bound);
        Assert.Equal(Literal("2001:db8::10", 0), (await socks.RequestAsync(Associate, To(id, 4))).Bound);
    }

    [Fact]
    public async Task Unused_id_ends()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(time: time);
        var id = await GetIdAsync(gateway, Named("example.com", 0));
        await gateway.HasSessionsAsync(0);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(ReplyCode.InvalidAddress, await AssociateAsync(gateway, To(id, 0)));
    }

    [Fact]
    public async Task Id_does_not_end_while_a_session_uses_it()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(time: time);
        gateway.Names.Add("echo.test", V4);
        using var echo = new EchoServer(IPAddress.Loopback);
        var id = await GetIdAsync(gateway, Named("echo.test", 0));
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, To(id, echo.Endpoint.Port));

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReplyCode.Succeeded, await AssociateAsync(gateway, To(id, 0)));

        socks.Dispose();
        await gateway.HasSessionsAsync(0);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReplyCode.InvalidAddress, await AssociateAsync(gateway, To(id, 0)));
    }

    [Fact]
    public async Task Connect_with_id_replies_the_id_and_the_real_port()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", V6);
        using var there = new TcpDestination(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();

        var reply = await socks.AskAsync(SocksCommand.ConnectWithId, Named("there.test", there.Endpoint.Port));

        using var seen = await there.AcceptAsync();
        Assert.Equal(seen.There.Port, reply.Bound.Port);
        Assert.Equal(reply.Id(), await GetIdAsync(gateway, Named("there.test", 0)));
    }

    [Fact]
    public async Task Failed_connect_with_id_reports_the_failure_and_leaves_no_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var nobody = new ClosedPort(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Failure(ReplyCode.ConnectionRefused), await socks.AskAsync(SocksCommand.ConnectWithId, nobody.Endpoint));
        await gateway.HasAddressIdsAsync(false);
    }

    [Theory]
    [InlineData(SocksCommand.AddressAssociate)]
    [InlineData(SocksCommand.ConnectWithId)]
    [InlineData(SocksCommand.BindWithId)]
    [InlineData(SocksCommand.UdpAssociateWithId)]
    public async Task Client_with_too_many_ids_gets_no_more_but_keeps_those_it_has(SocksCommand command)
    {
        await using var gateway = await TestGateway.StartAsync("limits.address-ids-per-client = 1");
        using var echo = new EchoServer(IPAddress.Loopback);
        var id = await GetIdAsync(gateway, Literal(V4, 0));
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Failure(ReplyCode.GeneralFailure), await socks.AskAsync(command, Literal(V6, 0)));

        using var again = await gateway.ConnectAsync();
        Assert.Equal(id, (await again.AskAsync(SocksCommand.ConnectWithId, echo.Endpoint)).Id());
    }

    [Fact]
    public async Task Bind_with_id_replies_the_ids_of_destination_and_peer()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("peer.test", V4);
        using var socks = await gateway.ConnectAsync();

        var listening = await socks.AskAsync(SocksCommand.BindWithId, Named("peer.test", 21));
        using var peer = await ArriveAsync(IPAddress.Loopback, listening.Bound.Port);
        var arrived = await socks.ReadAsync<SocksReply>();

        Assert.Equal(await GetIdAsync(gateway, Named("peer.test", 0)), listening.Id());
        Assert.Equal(await GetIdAsync(gateway, Literal(V4, 0)), arrived.Id());
        Assert.Equal(peer.Here.Port, arrived.Bound.Port);
    }

    [Fact]
    public async Task Bind_with_id_for_a_literal_replies_the_same_id_twice()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        var listening = await socks.AskAsync(SocksCommand.BindWithId, Literal(V6, 21));
        using var peer = await ArriveAsync(IPAddress.IPv6Loopback, listening.Bound.Port);

        Assert.Equal(listening.Id(), (await socks.ReadAsync<SocksReply>()).Id());
    }

    [Theory]
    [InlineData(SocksCommand.BindWithId)]
    [InlineData(SocksCommand.UdpAssociateWithId)]
    public async Task Combined_command_without_a_target_is_an_invalid_address(SocksCommand command)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.InvalidAddress, (await socks.AskAsync(command, Literal("0.0.0.0", 0))).Code);
    }

    [Fact]
    public async Task Expected_peer_may_be_an_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        var id = await GetIdAsync(gateway, Literal(V4, 0));
        using var socks = await gateway.ConnectAsync();

        var listening = await socks.AskAsync(SocksCommand.Bind, To(id, 21));
        using var peer = await ArriveAsync(IPAddress.Loopback, listening.Bound.Port);

        Assert.Equal(SocksEndpoint.From(peer.Here), (await socks.ReadAsync<SocksReply>()).Bound);
    }

    private static async Task<Socket> ArriveAsync(IPAddress address, ushort port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address, port).WaitAsync(Eventually.Patience);
        return socket;
    }

    private static SocksEndpoint To(AddressId id, int port) => new(SocksAddress.From(id), (ushort)port);

    private static async Task<AddressId> GetIdAsync(TestGateway gateway, SocksEndpoint target)
    {
        using var socks = await gateway.ConnectAsync();
        return (await socks.AskAsync(Associate, target)).Id();
    }

    private static async Task<ReplyCode> AssociateAsync(TestGateway gateway, SocksEndpoint target)
    {
        using var socks = await gateway.ConnectAsync();
        return (await socks.AskAsync(Associate, target)).Code;
    }
}
