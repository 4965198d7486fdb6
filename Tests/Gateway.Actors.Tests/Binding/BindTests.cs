using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Binding;

public class BindTests
{
    public static TheoryData<string, string> AllFamilies => Families.All;

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Peer_of_every_family_reaches_a_client_of_every_family(string client, string peer)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        var listening = await socks.AskAsync(SocksCommand.Bind, Literal(peer, 21));
        Assert.Equal((ReplyCode.Succeeded, IPAddress.Parse(client)), (listening.Code, listening.Bound.Ip()));
        using var arrived = await ArriveAsync(peer, listening.Bound.Port);
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);

        await arrived.WriteAsync("220 ready"u8.ToArray());
        Assert.Equal("220 ready"u8.ToArray(), await socks.ReadAsync(9));
        await socks.SendAsync("USER"u8.ToArray());
        Assert.Equal("USER"u8.ToArray(), await arrived.ReadAsync(4));
    }

    [Theory]
    [InlineData(V4, V4, RequestFlags.None, "127.0.0.1")]
    [InlineData(V6, V6, RequestFlags.None, "::1")]
    [InlineData(V6, V4, RequestFlags.None, "::ffff:127.0.0.1")]
    [InlineData(V4, V6, RequestFlags.None, "0.0.0.0")]
    [InlineData(V6, V4, RequestFlags.DestinationFamily, "127.0.0.1")]
    [InlineData(V4, V6, RequestFlags.DestinationFamily, "::1")]
    public async Task Second_reply_shows_the_peer_as_the_client_can_understand_it(string client, string peer, RequestFlags flags, string shown)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        var listening = await socks.AskAsync(SocksCommand.Bind, Literal(peer, 21), flags);
        using var arrived = await ArriveAsync(peer, listening.Bound.Port);

        Assert.Equal(SocksReply.Success(Literal(shown, arrived.Here.Port)), await socks.ReadAsync<SocksReply>());
    }

    [Theory]
    [InlineData(V4, V6)]
    [InlineData(V6, V4)]
    public async Task First_reply_with_flag_10_shows_where_the_peer_can_connect_to(string client, string peer)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync(IPAddress.Parse(client));

        var listening = await socks.AskAsync(SocksCommand.Bind, Literal(peer, 21), RequestFlags.DestinationFamily);

        Assert.Equal(IPAddress.Parse(peer), listening.Bound.Ip());
        using var arrived = await ArriveAsync(peer, listening.Bound.Port);
        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
    }

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Open_bind_takes_anybody_on_both_families(string peer)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        var listening = await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));
        using var arrived = await ArriveAsync(peer, listening.Bound.Port);

        Assert.Equal(arrived.Here.Port, (await socks.ReadAsync<SocksReply>()).Bound.Port);
    }

    [Fact]
    public async Task Wrong_peer_is_reset_and_the_right_one_still_served()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        var listening = await socks.AskAsync(SocksCommand.Bind, Literal("127.0.0.2", 21));

        Assert.True(await IsTurnedAwayAsync(V4, listening.Bound.Port));
        using var right = await ArriveAsync("127.0.0.2", listening.Bound.Port);

        Assert.Equal(SocksReply.Success(SocksEndpoint.From(right.Here)), await socks.ReadAsync<SocksReply>());
    }

    [Fact]
    public async Task Peer_that_the_rules_reject_is_reset()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.2", via = reject }, { to = any, via = direct }]""");
        using var socks = await gateway.ConnectAsync();
        var listening = await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        Assert.True(await IsTurnedAwayAsync("127.0.0.2", listening.Bound.Port));
        using var welcome = await ArriveAsync(V4, listening.Bound.Port);

        Assert.Equal(ReplyCode.Succeeded, (await socks.ReadAsync<SocksReply>()).Code);
    }

    [Fact]
    public async Task Only_one_peer_is_taken()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        var listening = await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));
        using var first = await ArriveAsync(V4, listening.Bound.Port);
        await socks.ReadAsync<SocksReply>();

        var refused = await Assert.ThrowsAsync<SocketException>(() => ArriveAsync(V4, listening.Bound.Port));

        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Peer_may_be_expected_by_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("ftp.test", "127.0.0.2", V6);
        using var socks = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        var listening = await socks.AskAsync(SocksCommand.Bind, Named("ftp.test", 21));

        Assert.True(await IsTurnedAwayAsync(V4, listening.Bound.Port));
        using var right = await ArriveAsync(V6, listening.Bound.Port);

        Assert.Equal(SocksEndpoint.From(right.Here), (await socks.ReadAsync<SocksReply>()).Bound);
    }

    [Fact]
    public async Task Expected_name_that_is_not_found_is_an_unreachable_host()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(SocksCommand.Bind, Named("nowhere.test", 21))).Code);
    }

    [Fact]
    public async Task Peer_of_a_family_without_an_egress_address_is_an_unreachable_network()
    {
        await using var gateway = await TestGateway.StartAsync("egress.ipv6 = []");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NetworkUnreachable, (await socks.AskAsync(SocksCommand.Bind, Literal(V6, 21))).Code);
    }

    [Fact]
    public async Task Command_that_the_rules_reject_is_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync("routes = [{ to = any, command = connect, via = direct }]");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0))).Code);
    }

    [Fact]
    public async Task Nobody_in_time_is_told_in_the_second_reply()
    {
        await using var gateway = await TestGateway.StartAsync("timeouts.bind = 100ms");
        using var socks = await gateway.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0))).Code);

        Assert.Equal(SocksReply.Failure(ReplyCode.TtlExpired), await socks.ReadAsync<SocksReply>());
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_that_leaves_while_it_waits_takes_the_rendezvous_along(bool resets)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));

        if (resets)
            socks.Socket.Reset();
        else
            socks.Socket.Finish();

        Assert.Equal("bind: the client left", (await gateway.NextRecordAsync()).Reason);
        await gateway.HasSocketsAsync(0);
    }

    [Fact]
    public async Task Client_that_vanishes_while_the_peers_name_is_resolved_leaves_nothing_behind()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Wait();
        using var socks = await gateway.ConnectAsync();
        await socks.GreetAsync(AuthMethod.NoAuthentication);
        await socks.SendAsync(new SocksRequest(SocksCommand.Bind, 0, Named("slow.test", 21)));
        await Eventually.Holds(() => gateway.Names.Asked > 0, () => "no name is asked for");

        socks.Socket.Reset();

        Assert.Equal("bind: the client left", (await gateway.NextRecordAsync()).Reason);
        gateway.Names.GoOn();
    }

    [Fact]
    public async Task What_the_client_sends_before_the_peer_comes_reaches_the_peer()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        var listening = await socks.AskAsync(SocksCommand.Bind, Literal("0.0.0.0", 0));
        await socks.SendAsync("early"u8.ToArray());

        using var arrived = await ArriveAsync(V4, listening.Bound.Port);

        Assert.Equal("early"u8.ToArray(), await arrived.ReadAsync(5));
        await socks.ReadAsync<SocksReply>();
    }

    /// <summary>Whether a peer is reset, which may come so soon that connecting itself fails.</summary>
    private static async Task<bool> IsTurnedAwayAsync(string address, ushort port)
    {
        try
        {
            using var peer = await ArriveAsync(address, port);
            return await peer.IsResetAsync();
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Connects from <paramref name="address"/> to the same family's loopback.</summary>
    private static async Task<Socket> ArriveAsync(string address, ushort port)
    {
        var from = IPAddress.Parse(address);
        var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(from.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, port).WaitAsync(Eventually.Patience);
        return socket;
    }
}
