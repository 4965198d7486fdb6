using System.Net;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static SocksLib.Tests.Client.Servers;

namespace SocksLib.Tests.Client;

/// <summary>Several gateways, some of which do not work.</summary>
public class FailoverTests
{
    private static readonly SocksReply Success = SocksReply.Success(SocksEndpoint.Unspecified);

    [Fact]
    public async Task Dead_gateway_is_passed_over()
    {
        using var dead = new ClosedPort(IPAddress.Loopback);
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);

        await using var stream = await new SocksClient(At(dead.Endpoint), Ours(gateway)).ConnectAsync(echo.Endpoint).WaitAsync(Eventually.Patience);

        Assert.Equal(Ours(gateway), stream.Hops[0].Server);
        await EchoAsync(stream, 1, 2, 3);
    }

    [Fact]
    public async Task Silent_gateway_is_passed_over()
    {
        using var silent = ScriptedHop.Silent(IPAddress.Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [Success]);

        await using var stream = await new SocksClient(At(silent.Endpoint), At(hop.Endpoint)).ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);

        Assert.Equal(At(hop.Endpoint), stream.Hops[0].Server);
    }

    [Fact]
    public async Task Failed_gateway_is_left_alone_until_its_time_has_come()
    {
        var time = new FakeTime();
        using var broken = ScriptedHop.BreakingOff(IPAddress.Loopback);
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [Success]);
        // Nothing hedges here: the clock stands still.
        var client = new SocksClient(SocksClientOptions.Through(At(broken.Endpoint), At(hop.Endpoint)) with { Time = time, HedgeAfter = null });

        // How long it is left alone: 1 s, 2 s, 4 s.
        foreach (var (advance, tried) in new[] { (0.0, 1), (0.9, 1), (0.2, 2), (1.9, 2), (0.2, 3), (3.9, 3), (0.2, 4) })
        {
            time.Advance(TimeSpan.FromSeconds(advance));
            await using var stream = await client.ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);
            Assert.Equal(At(hop.Endpoint), stream.Hops[0].Server);
            Assert.Equal(tried, broken.Clients);
        }
    }

    [Fact]
    public async Task Failed_gateway_is_still_tried_when_it_is_the_only_one()
    {
        var answers = new Queue<bool>([false, true]);
        using var hop = new ScriptedHop(IPAddress.Loopback, async (hop, client) =>
        {
            await hop.TakeRequestAsync(client);
            if (answers.Dequeue())
                await client.SendAsync(Success);
            else
                client.Socket.Reset();
        });
        var client = new SocksClient(At(hop.Endpoint));

        await Assert.ThrowsAsync<SocksException>(() => client.ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience));
        await using var stream = await client.ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);

        Assert.Equal(2, hop.Clients);
    }

    [Fact]
    public async Task Chain_leads_through_one_server_of_each_list()
    {
        using var dead = new ClosedPort(IPAddress.Loopback);
        await using var first = await TestGateway.StartAsync();
        await using var second = await TestGateway.StartAsync();
        second.Names.Add("there.test", V6);
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        var client = new SocksClient(new SocksClientOptions { Hops = [[At(dead.Endpoint), Stranger(first)], [At(dead.Endpoint), Ours(second)]] });

        await using var stream = await client.ConnectAsync("there.test", echo.Endpoint.Port).WaitAsync(Eventually.Patience);

        await EchoAsync(stream, 1, 2, 3);
        Assert.Equal([Stranger(first), Ours(second)], stream.Hops.Select(hop => hop.Server));
        Assert.Equal(0, first.Names.Asked);
    }

    [Fact]
    public async Task When_all_are_dead_the_last_failure_is_told()
    {
        using var one = new ClosedPort(IPAddress.Loopback);
        using var other = new ClosedPort(IPAddress.IPv6Loopback);

        var failed = await Assert.ThrowsAsync<SocksException>(
            () => new SocksClient(At(one.Endpoint), At(other.Endpoint)).ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience));

        Assert.Equal((ReplyCode.ConnectionRefused, ChainPhase.Connect), (failed.Code, failed.Failure!.Phase));
        Assert.Contains(other.Endpoint.ToString(), failed.Message);
    }

    [Fact]
    public async Task Time_for_the_setup_ends()
    {
        using var silent = ScriptedHop.Silent(IPAddress.Loopback);
        var client = new SocksClient(SocksClientOptions.Through(At(silent.Endpoint)) with { SetupTimeout = TimeSpan.FromMilliseconds(200) });

        var failed = await Assert.ThrowsAsync<SocksException>(() => client.ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience));

        Assert.Equal(ReplyCode.HostUnreachable, failed.Code);
        Assert.EndsWith("no answer within the chain's 0.2 s", failed.Message);
    }

    [Fact]
    public async Task Gateway_whose_name_has_no_address_is_passed_over()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [Success]);

        // Labels have up to 63 octets and names up to 253 (RFC 1035 §2.3.4), so no name server is asked.
        foreach (var length in new[] { 64, 255 })
        {
            var nobody = HopServer.At(new string('a', length));
            await using var stream = await new SocksClient(nobody, At(hop.Endpoint)).ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);
            Assert.Equal(At(hop.Endpoint), stream.Hops[0].Server);
        }
    }

    [Fact]
    public async Task Gateway_may_be_known_by_name()
    {
        using var hop = ScriptedHop.Answering(IPAddress.Loopback, [Success]);

        await using var stream = await new SocksClient(HopServer.At("localhost", hop.Endpoint.Port) with { Over = FamilyWish.Ipv4 })
            .ConnectAsync("there.test", 80).WaitAsync(Eventually.Patience);

        Assert.Equal(SocksEndpoint.From(hop.Endpoint), stream.Hops[0].Server.Address);
    }

    [Fact]
    public void Options_without_a_server_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new SocksClient());
        Assert.Throws<ArgumentException>(() => new SocksClient(new SocksClientOptions { Hops = [] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocksClient(SocksClientOptions.Through(HopServer.At("a.test")) with { SetupTimeout = TimeSpan.Zero }));
    }
}
