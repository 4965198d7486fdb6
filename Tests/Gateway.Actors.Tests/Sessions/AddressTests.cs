using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

/// <summary>ADDRESS ASSOCIATE by itself, and Tor's two commands.</summary>
public class AddressTests
{
    private const SocksCommand Associate = SocksCommand.AddressAssociate;
    private const int NoPreference = 0, Ipv4 = 1, Name = 3, Ipv6 = 4, AnId = 8;

    [Theory]
    [InlineData(NoPreference)]
    [InlineData(AnId)]
    public async Task Without_a_preference_a_name_gets_an_id_and_port_0(int preference)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        var reply = await socks.AskAsync(Associate, Named("example.com", preference));

        Assert.InRange(reply.Id().RealId, 1u, AddressId.MaxRealId);
        Assert.Equal(0, reply.Bound.Port);
        Assert.Equal(0, gateway.Names.Asked);
        await gateway.HasAddressIdsAsync(true);
    }

    [Theory]
    [InlineData(Ipv4, "192.0.2.10")]
    [InlineData(Ipv6, "2001:db8::10")]
    [InlineData(Ipv4 + 0x0100, "192.0.2.10")]
    public async Task Preference_for_a_family_gets_an_address_of_it(int preference, string expected)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("example.com", "192.0.2.10", "2001:db8::10");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Success(Literal(expected, 0)), await socks.AskAsync(Associate, Named("example.com", preference)));
    }

    [Theory]
    [InlineData("six.test", Ipv4)]
    [InlineData("four.test", Ipv6)]
    [InlineData("nowhere.test", Ipv6)]
    [InlineData("192.0.2.10", Ipv6)]
    [InlineData("2001:db8::10", Ipv4)]
    [InlineData("192.0.2.99", Name)]
    public async Task Type_that_cannot_be_had_is_an_unreachable_host(string target, int preference)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("six.test", "2001:db8::10");
        gateway.Names.Add("four.test", "192.0.2.10");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Failure(ReplyCode.HostUnreachable), await socks.AskAsync(Associate, Named(target, preference)));
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Preference_for_a_name_gets_that_of_the_address()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.AddReverse("192.0.2.10", "host.test");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Success(Named("host.test", 0)), await socks.AskAsync(Associate, Literal("192.0.2.10", Name)));
        Assert.Equal(SocksReply.Success(Named("other.test", 0)), await socks.RequestAsync(Associate, Named("other.test", Name)));
    }

    [Fact]
    public async Task Name_too_long_for_a_reply_is_none()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.AddReverse("192.0.2.10", new string('a', 256));
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.HostUnreachable, (await socks.AskAsync(Associate, Literal("192.0.2.10", Name))).Code);
    }

    [Theory]
    [InlineData("egress.ipv4 = []", Ipv4, V6)]
    [InlineData("egress.ipv6 = []", Ipv6, V4)]
    public async Task Flag_10_beats_the_preference_with_the_family_that_is_used(string settings, int preference, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(settings);
        gateway.Names.Add("both.test", V4, V6);
        using var socks = await gateway.ConnectAsync();
        var reply = await socks.AskAsync(Associate, Named("both.test", preference), RequestFlags.DestinationFamily);
        Assert.Equal(SocksReply.Success(Literal(expected, 0)), reply);
    }

    [Fact]
    public async Task Flag_10_without_a_preference_gets_an_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        (await socks.AskAsync(Associate, Named("example.com", NoPreference), RequestFlags.DestinationFamily)).Id();
    }

    [Fact]
    public async Task Always_id_beats_every_preference()
    {
        await using var gateway = await TestGateway.StartAsync("address-id.always-id = on");
        using var socks = await gateway.ConnectAsync();
        (await socks.AskAsync(Associate, Named("example.com", Ipv6))).Id();
        (await socks.RequestAsync(Associate, Literal("192.0.2.10", Name))).Id();
    }

    [Fact]
    public async Task Connection_stays_for_more_requests_and_for_another_command()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        gateway.Names.Add("echo.test", V4);
        using var socks = await gateway.ConnectAsync();

        var id = (await socks.AskAsync(Associate, Named("echo.test", 0))).Id();
        Assert.Equal(id, (await socks.RequestAsync(Associate, Named("echo.test", 0))).Id());
        Assert.Equal(Literal(V4, 0), (await socks.RequestAsync(Associate, Named("echo.test", Ipv4))).Bound);
        var connected = await socks.RequestAsync(SocksCommand.Connect, new SocksEndpoint(SocksAddress.From(id), (ushort)echo.Endpoint.Port));

        Assert.Equal(ReplyCode.Succeeded, connected.Code);
        await socks.EchoAsync([1, 2, 3]);
    }

    [Fact]
    public async Task Thousands_of_requests_at_once_are_answered_in_their_order()
    {
        const int requests = 5000;
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        await socks.GreetAsync(AuthMethod.NoAuthentication);

        var sending = socks.SendAsync(Enumerable.Range(0, requests)
            .SelectMany(host => new SocksRequest(Associate, 0, Literal($"192.0.2.{host % 100}", host % 2 == 0 ? Ipv4 : NoPreference)).ToBytes()).ToArray());

        for (var host = 0; host < requests; host += 2)
        {
            Assert.Equal(Literal($"192.0.2.{host % 100}", 0), (await socks.ReadAsync<SocksReply>()).Bound);
            (await socks.ReadAsync<SocksReply>()).Id();
        }
        await sending;
    }

    [Fact]
    public async Task Connection_without_another_request_ends_when_an_id_would()
    {
        await using var gateway = await TestGateway.StartAsync("address-id.idle = 100ms");
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(Associate, Named("example.com", 0));

        Assert.Equal("address: idle", (await gateway.NextRecordAsync()).Reason);
        await gateway.HasAddressIdsAsync(false);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task Nobody_has_no_id(string target)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.InvalidAddress, (await socks.AskAsync(Associate, Literal(target, 0))).Code);
    }

    [Fact]
    public async Task Address_that_the_client_may_not_go_to_is_not_told()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "10.0.0.0/8", via = reject }, { to = any, via = direct }]""");
        gateway.Names.Add("inside.test", "10.1.2.3");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(Associate, Named("inside.test", Ipv4))).Code);
    }

    [Fact]
    public async Task Client_that_vanishes_while_its_name_is_resolved_leaves_nothing_behind()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Wait();
        using var socks = await gateway.ConnectAsync();
        await socks.GreetAsync(AuthMethod.NoAuthentication);
        await socks.SendAsync(new SocksRequest(Associate, 0, Named("slow.test", Ipv4)));
        await Eventually.Holds(() => gateway.Names.Asked > 0, () => "no name is asked for");

        socks.Socket.Reset();

        Assert.StartsWith("address: the client left", (await gateway.NextRecordAsync()).Reason);
        gateway.Names.GoOn();
    }

    [Theory]
    [InlineData("both.test", "192.0.2.10")]
    [InlineData("six.test", "2001:db8::10")]
    [InlineData("2001:db8::99", "2001:db8::99")]
    public async Task Tor_resolve_gets_an_address_with_IPv4_first(string target, string expected)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("both.test", "2001:db8::10", "192.0.2.10");
        gateway.Names.Add("six.test", "2001:db8::10");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Success(Literal(expected, 0)), await socks.AskAsync(SocksCommand.Resolve, Named(target, 0)));
    }

    [Fact]
    public async Task Tor_resolve_ptr_gets_a_name()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.AddReverse("2001:db8::10", "host.test");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(SocksReply.Success(Named("host.test", 0)), await socks.AskAsync(SocksCommand.ResolvePtr, Literal("2001:db8::10", 0)));
    }
}
