using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Sessions;

public class DrainTests
{
    [Fact]
    public async Task Idle_gateway_is_drained_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.True(await gateway.Host.DrainAsync(Eventually.Patience));
        await gateway.ListensNoMoreAsync();
    }

    [Fact]
    public async Task Draining_gateway_accepts_nobody_and_lets_sessions_finish()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);

        var draining = gateway.Host.DrainAsync(Eventually.Patience);
        await gateway.ListensNoMoreAsync(others: 2);
        await Assert.ThrowsAsync<SocketException>(() => gateway.ConnectAsync());
        await socks.EchoAsync("still here"u8.ToArray());
        Assert.False(draining.IsCompleted);
        socks.Dispose();

        Assert.True(await draining);
    }

    [Fact]
    public async Task Sessions_that_outlast_the_patience_are_told_of()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);

        Assert.False(await gateway.Host.DrainAsync(TimeSpan.FromMilliseconds(100)));

        await gateway.ListensNoMoreAsync(others: 2);
        await socks.EchoAsync("still here"u8.ToArray());
    }
}
