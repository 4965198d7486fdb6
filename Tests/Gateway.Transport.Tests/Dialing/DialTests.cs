using System.Net;
using System.Net.Sockets;
using Gateway.Protocol;

namespace Gateway.Transport.Tests;

public sealed class DialTests : IDisposable
{
    private readonly TestLoop _loop = new();
    private readonly FakeNames _names = new();
    private readonly Resolver _resolver;
    private readonly DialRecorder _dials = new();

    public DialTests() => _resolver = new Resolver(names: _names);

    public void Dispose()
    {
        _loop.Dispose();
        _resolver.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task An_address_is_connected_to_and_both_ends_are_known(string address)
    {
        using var listener = TcpPair.Listen(IPAddress.Parse(address));
        await Start(new DialTarget(EndpointOf(listener)));
        var (connection, attempts) = await Connected();
        using var accepted = listener.Accept();
        Assert.Equal(1, attempts);
        Assert.Equal(EndpointOf(listener), connection.Peer);
        Assert.Equal(IpEndpoint.From((IPEndPoint)accepted.RemoteEndPoint!), connection.Local);
        Assert.True(SocketOptions.Of(connection).NoDelay);
    }

    [Fact]
    public async Task A_name_that_is_a_literal_in_brackets_is_an_address()
    {
        using var listener = TcpPair.Listen(IPAddress.IPv6Loopback);
        await Start(new DialTarget("[::1]", EndpointOf(listener).Port));
        await Connected();
        Assert.Equal(0, _names.Asked);
    }

    [Fact]
    public async Task What_the_server_says_first_is_shown_to_the_handler_that_comes_later()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        await Start(new DialTarget(EndpointOf(listener)));
        using var accepted = listener.Accept();
        accepted.Send("220 ready"u8);
        var connection = (await Connected()).Connection;
        var handler = new RecordingHandler();
        await _loop.On(() => connection.Handler = handler);
        Assert.Equal("220 ready"u8.ToArray(), await handler.Octets(9));
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_address()
    {
        var nobody = await Nobody(IPAddress.Loopback);
        await Start(new DialTarget(nobody));
        var failure = await Failed();
        Assert.Equal((DialFailureKind.Refused, DialPhase.Connect, nobody, 1), (failure.Kind, failure.Phase, failure.Endpoint, failure.Attempts));
    }

    [Fact]
    public async Task A_silent_ipv6_address_delays_the_connection_over_ipv4_by_the_attempt_delay_only()
    {
        var (listener, hole) = BothFamilies(port => new BlackHole(IPAddress.IPv6Loopback, port));
        using var _ = listener;
        using var __ = hole;
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        var started = await Start(new DialTarget("both.example", EndpointOf(listener).Port));
        var (connection, attempts) = await Connected();
        Assert.Equal((IpFamily.V4, 2), (connection.Peer.Family, attempts));
        Assert.InRange(_connectedAt - started, 250, 5_000);
        Assert.Equal(1, await _loop.On(() => _loop.Loop.Counters.Sockets));
    }

    [Fact]
    public async Task A_refusing_ipv6_address_costs_no_delay()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        await Start(new DialTarget("both.example", EndpointOf(listener).Port), new DialerOptions { AttemptDelay = TimeSpan.FromHours(1) });
        var (connection, attempts) = await Connected();
        Assert.Equal((IpFamily.V4, 2), (connection.Peer.Family, attempts));
    }

    [Fact]
    public async Task An_A_answer_waits_for_the_AAAA_answer_no_longer_than_the_resolution_delay()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        Answer("slow6.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        using var gate = _names.HoldBack("slow6.example", IpFamily.V6);
        var started = await Start(new DialTarget("slow6.example", EndpointOf(listener).Port));
        var (connection, _) = await Connected();
        Assert.Equal(IpFamily.V4, connection.Peer.Family);
        Assert.InRange(_connectedAt - started, 50, 5_000);
        gate.Set();
    }

    [Fact]
    public async Task An_AAAA_answer_does_not_wait_for_the_A_answer()
    {
        using var listener = TcpPair.Listen(IPAddress.IPv6Loopback);
        Answer("slow4.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        using var gate = _names.HoldBack("slow4.example", IpFamily.V4);
        await Start(new DialTarget("slow4.example", EndpointOf(listener).Port), new DialerOptions { ResolutionDelay = TimeSpan.FromHours(1) });
        Assert.Equal(IpFamily.V6, (await Connected()).Connection.Peer.Family);
        gate.Set();
    }

    [Fact]
    public async Task An_AAAA_answer_in_time_goes_first()
    {
        var (v4, v6) = BothFamilies(port => TcpPair.Listen(IPAddress.IPv6Loopback, port: port));
        using var _ = v4;
        using var __ = v6;
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        using var gate = _names.HoldBack("both.example", IpFamily.V6);
        await Start(new DialTarget("both.example", EndpointOf(v4).Port), new DialerOptions { ResolutionDelay = TimeSpan.FromHours(1) });
        gate.Set();
        Assert.Equal(IpFamily.V6, (await Connected()).Connection.Peer.Family);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, IpFamily.V4)]
    [InlineData(FamilyWish.Ipv6, IpFamily.V6)]
    [InlineData(FamilyWish.PreferIpv4, IpFamily.V4)]
    [InlineData(FamilyWish.PreferIpv6, IpFamily.V6)]
    public async Task A_wished_family_is_used(FamilyWish wish, IpFamily expected)
    {
        var (v4, v6) = BothFamilies(port => TcpPair.Listen(IPAddress.IPv6Loopback, port: port));
        using var _ = v4;
        using var __ = v6;
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        await Start(new DialTarget("both.example", EndpointOf(v4).Port) { Over = wish }, new DialerOptions { ResolutionDelay = TimeSpan.FromHours(1) });
        Assert.Equal(expected, (await Connected()).Connection.Peer.Family);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, IpFamily.V4)]
    [InlineData(FamilyWish.Ipv6, IpFamily.V6)]
    public async Task A_family_contract_asks_for_no_address_of_the_other_family(FamilyWish wish, IpFamily family)
    {
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        var nobody = await Nobody(family == IpFamily.V4 ? IPAddress.Loopback : IPAddress.IPv6Loopback);
        await Start(new DialTarget("both.example", nobody.Port) { Over = wish });
        await Failed();
        Assert.Equal(1, _names.Asked);
    }

    [Fact]
    public async Task A_family_contract_is_kept_for_literals_too()
    {
        await Start(new DialTarget(IpEndpoint.LoopbackV4.WithPort(9)) { Over = FamilyWish.Ipv6 });
        Assert.Equal(DialFailureKind.FamilyUnavailable, (await Failed()).Kind);
    }

    [Fact]
    public async Task Every_resolved_address_is_judged_and_none_left_is_not_allowed()
    {
        Answer("inside.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        var judged = new Mailbox<IpEndpoint>();
        await Start(new DialTarget("inside.example", 80) { Judge = address => { judged.Put(address); return false; } });
        var failure = await Failed();
        Assert.Equal((DialFailureKind.NotAllowed, DialPhase.Judge, 0), (failure.Kind, failure.Phase, failure.Attempts));
        Assert.Equal(80, (await judged.Next()).Port);
        await judged.Next();
    }

    [Fact]
    public async Task A_forbidden_address_is_passed_over()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        Answer("both.example", [IpEndpoint.LoopbackV4], [IpEndpoint.LoopbackV6]);
        await Start(new DialTarget("both.example", EndpointOf(listener).Port) { Judge = address => address.Family == IpFamily.V4 });
        Assert.Equal(1, (await Connected()).Attempts);
    }

    [Fact]
    public async Task An_unknown_name_is_told_as_such()
    {
        await Start(new DialTarget("nowhere.example", 80));
        Assert.Equal((DialFailureKind.NameNotFound, DialPhase.Resolve), ((await Failed()) is var failure ? failure.Kind : default, failure.Phase));
    }

    [Fact]
    public async Task A_name_server_that_fails_is_told_rather_than_an_absent_record()
    {
        _names.Answer("half.example", IpFamily.V4, ResolveResult.Temporary);
        await Start(new DialTarget("half.example", 80));
        Assert.Equal(DialFailureKind.NameUnavailable, (await Failed()).Kind);
    }

    [Fact]
    public async Task A_silent_address_fails_after_the_attempt_timeout()
    {
        using var hole = new BlackHole(IPAddress.Loopback);
        await Start(new DialTarget(hole.Endpoint), new DialerOptions { AttemptTimeout = TimeSpan.FromMilliseconds(60) });
        var failure = await Failed();
        Assert.Equal((DialFailureKind.TimedOut, hole.Endpoint), (failure.Kind, failure.Endpoint));
        Assert.Equal(0, await _loop.On(() => _loop.Loop.Counters.Sockets));
    }

    [Fact]
    public async Task The_whole_dial_has_a_time_limit_even_while_names_are_asked()
    {
        using var gate = _names.HoldBack("slow.example", IpFamily.V4);
        using var gate6 = _names.HoldBack("slow.example", IpFamily.V6);
        await Start(new DialTarget("slow.example", 80) { Timeout = TimeSpan.FromMilliseconds(30) });
        var failure = await Failed();
        Assert.Equal((DialFailureKind.TimedOut, DialPhase.Resolve), (failure.Kind, failure.Phase));
        gate.Set();
        gate6.Set();
    }

    [Fact]
    public async Task A_cancelled_dial_closes_its_sockets_and_tells_nothing()
    {
        using var hole = new BlackHole(IPAddress.Loopback);
        var dialer = new Dialer(_loop.Loop, _resolver);
        var dial = await _loop.On(() => dialer.Start(new DialTarget(hole.Endpoint), _dials));
        Assert.Equal(1, _loop.Loop.Counters.Sockets);
        await _loop.On(dial.Cancel);
        await _loop.On(() => { });
        Assert.Equal(0, _loop.Loop.Counters.Sockets);
        Assert.True(_dials.IsEmpty);
    }

    [Fact]
    public async Task Egress_addresses_take_turns_and_a_family_without_any_is_not_used()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        var egress = new Egress([IpEndpoint.Parse("127.0.0.2:0"), IpEndpoint.Parse("127.0.0.3:0")], []);
        var dialer = new Dialer(_loop.Loop, _resolver, new DialerOptions { Egress = egress });
        var sources = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            await _loop.On(() => dialer.Start(new DialTarget(EndpointOf(listener)), _dials));
            sources.Add((await Connected()).Connection.Local.Address.ToString());
        }
        Assert.Equal(["127.0.0.2", "127.0.0.3"], sources.Order());
        await _loop.On(() => dialer.Start(new DialTarget(IpEndpoint.LoopbackV6.WithPort(9)), _dials));
        Assert.Equal(DialFailureKind.FamilyUnavailable, (await Failed()).Kind);
    }

    [Fact]
    public async Task One_client_has_one_egress_address_and_clients_are_shared_out()
    {
        using var listener = TcpPair.Listen(IPAddress.Loopback);
        var egress = new Egress([IpEndpoint.Parse("127.0.0.2:0"), IpEndpoint.Parse("127.0.0.3:0")], []);
        var dialer = new Dialer(_loop.Loop, _resolver, new DialerOptions { Egress = egress });
        var client = IpLiteral.Parse("192.0.2.1");
        for (var i = 0; i < 3; i++)
        {
            await _loop.On(() => dialer.Start(new DialTarget(EndpointOf(listener)) { Client = client }, _dials));
            Assert.True((await Connected()).Connection.Local.SameAddress(egress.For(IpFamily.V4, client)));
        }

        var shares = Enumerable.Range(0, 1000).CountBy(number => egress.For(IpFamily.V4, IpLiteral.Ipv4(0xC000_0200 + (uint)number)).Address.ToString());
        Assert.Equal(2, shares.Count());
        Assert.All(shares, share => Assert.InRange(share.Value, 400, 600));
    }

    private long _connectedAt;

    private Task<long> Start(DialTarget target, DialerOptions? options = null) => _loop.On(() =>
    {
        new Dialer(_loop.Loop, _resolver, options).Start(target, _dials);
        Assert.True(_dials.IsEmpty);
        return _loop.Loop.Milliseconds;
    });

    private async Task<(Connection Connection, int Attempts)> Connected()
    {
        var result = Assert.IsType<(Connection, int)>(await _dials.Next());
        _connectedAt = await _loop.On(() => _loop.Loop.Milliseconds);
        return result;
    }

    private async Task<DialFailure> Failed() => Assert.IsType<DialFailure>(await _dials.Next());

    private void Answer(string name, IpEndpoint[] v4, IpEndpoint[] v6)
    {
        _names.Answer(name, IpFamily.V4, ResolveResult.Found(v4));
        _names.Answer(name, IpFamily.V6, ResolveResult.Found(v6));
    }

    private static IpEndpoint EndpointOf(Socket socket) => IpEndpoint.From((IPEndPoint)socket.LocalEndPoint!);

    private static Task<IpEndpoint> Nobody(IPAddress address)
    {
        using var socket = TcpPair.Listen(address);
        return Task.FromResult(EndpointOf(socket));
    }

    /// <summary>A listener on IPv4, and something on the same port of IPv6; another port if that one is taken there.</summary>
    private static (Socket V4, T V6) BothFamilies<T>(Func<ushort, T> onV6)
    {
        while (true)
        {
            var v4 = TcpPair.Listen(IPAddress.Loopback);
            try
            {
                return (v4, onV6(EndpointOf(v4).Port));
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                v4.Dispose();
            }
        }
    }
}
