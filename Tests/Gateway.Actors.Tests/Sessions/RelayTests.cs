using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Sessions;

public class RelayTests
{
    [Fact]
    public async Task Client_that_has_finished_still_receives()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, there.Endpoint);
        using var server = await there.AcceptAsync();

        await socks.SendAsync("question"u8.ToArray());
        socks.Socket.Finish();
        Assert.Equal("question"u8.ToArray(), await server.ReadToEndAsync());
        await server.WriteAsync("answer"u8.ToArray());
        server.Finish();

        Assert.Equal("answer"u8.ToArray(), await socks.ReadToEndAsync());
        Assert.Equal("relay: completed", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Destination_that_has_finished_still_receives()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, there.Endpoint);
        using var server = await there.AcceptAsync();

        await server.WriteAsync("banner"u8.ToArray());
        server.Finish();
        Assert.Equal("banner"u8.ToArray(), await socks.ReadToEndAsync());
        await socks.SendAsync("late words"u8.ToArray());
        socks.Socket.Finish();

        Assert.Equal("late words"u8.ToArray(), await server.ReadToEndAsync());
        var record = await gateway.NextRecordAsync();
        Assert.Equal((10L, 6L, "relay: completed"), (record.Sent, record.Received, record.Reason));
    }

    [Fact]
    public async Task Reset_of_the_destination_reaches_the_client()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (socks, server) = await RelayedAsync(gateway);
        using (socks)
        {
            server.Reset();
            Assert.True(await socks.Socket.IsResetAsync());
        }
        Assert.Equal("relay: the target reset the connection", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Reset_of_the_client_reaches_the_destination()
    {
        await using var gateway = await TestGateway.StartAsync();
        var (socks, server) = await RelayedAsync(gateway);
        using (server)
        {
            socks.Socket.Reset();
            Assert.True(await server.IsResetAsync());
        }
        Assert.Equal("relay: the client reset the connection", (await gateway.NextRecordAsync()).Reason);
    }

    [Theory]
    [InlineData(false, "relay: the client reset the connection")]
    [InlineData(true, "relay: the client reset the connection after it had finished sending")]
    public async Task Client_that_leaves_in_the_middle_of_a_download_is_no_failure(bool finishes, string reason)
    {
        await using var gateway = await TestGateway.StartAsync();
        var (socks, server) = await RelayedAsync(gateway);
        using (server)
        {
            await server.WriteAsync(new byte[100_000]);
            await socks.ReadAsync(1000);
            if (finishes)
            {
                socks.Socket.Finish();
                Assert.Empty(await server.ReadToEndAsync());
            }
            // Octets that nobody reads any more make a reset of the close.
            socks.Dispose();
            if (!finishes)
                Assert.True(await server.IsResetAsync());
            await gateway.HasSessionsAsync(0);
        }
        Assert.Equal(reason, (await gateway.NextRecordAsync()).Reason);
        Assert.Equal(0, (await gateway.Host.Status.CountAsync())[SessionFailure.Relay]);
        Assert.DoesNotContain(gateway.Host.Status.Events.After(0), news => news.Kind == GatewayEventKind.SessionFailed);
    }

    [Fact]
    public async Task Client_that_vanishes_while_its_name_is_resolved_leaves_nothing_behind()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Wait();
        var socks = await gateway.ConnectAsync();
        await socks.GreetAsync(AuthMethod.NoAuthentication);
        await socks.SendAsync(new SocksRequest(SocksCommand.Connect, 0, Families.Named("slow.test", 80)));
        await Eventually.Holds(() => gateway.Names.Asked > 0, () => "no name is asked for");

        socks.Socket.Reset();

        Assert.StartsWith("connect: the client left", (await gateway.NextRecordAsync()).Reason);
        gateway.Names.GoOn();
    }

    [Fact]
    public async Task Idle_relay_ends_when_the_settings_say_so()
    {
        await using var gateway = await TestGateway.StartAsync("timeouts.tcp-idle = 100ms");
        var (socks, server) = await RelayedAsync(gateway);
        using (socks)
        using (server)
            Assert.Equal("relay: idle", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Megabytes_arrive_octet_for_octet_both_ways()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);
        var octets = new byte[4 << 20];
        new Random(64).NextBytes(octets);

        var sending = socks.SendAsync(octets);
        var received = await socks.ReadAsync(octets.Length);
        await sending;

        Assert.True(octets.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task Gateway_that_ends_resets_both_sides()
    {
        var gateway = await TestGateway.StartAsync();
        var (socks, server) = await RelayedAsync(gateway);
        using (socks)
        using (server)
        {
            await gateway.Host.DisposeAsync();
            Assert.True(await socks.Socket.IsResetAsync());
            Assert.True(await server.IsResetAsync());
        }
        Assert.Equal("the gateway stopped it", (await gateway.NextRecordAsync()).Reason);
    }

    private static async Task<(SocksTestClient, Socket)> RelayedAsync(TestGateway gateway)
    {
        using var there = new TcpDestination(IPAddress.Loopback);
        var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, there.Endpoint);
        return (socks, await there.AcceptAsync());
    }
}
