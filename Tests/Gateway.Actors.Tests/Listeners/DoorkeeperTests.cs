using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Gateway.Transport;
using Testing;

namespace Gateway.Actors.Tests.Listeners;

/// <summary>Draining by hand, and back.</summary>
public class DoorkeeperTests
{
    /// <summary>An address of the test's own: nobody else takes its port while it is closed.</summary>
    private const string Doors = """listeners = [{ address = "127.82.7.1:0" }]""";

    [Fact]
    public async Task Closed_doors_let_nobody_in_and_nobody_out_of_their_sessions()
    {
        await using var gateway = await TestGateway.StartAsync(Doors);
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);

        await gateway.Host.Doorkeeper.CloseAsync();
        await gateway.Host.Doorkeeper.CloseAsync();

        Assert.True(gateway.Host.Doorkeeper.IsDraining);
        await Assert.ThrowsAsync<SocketException>(() => gateway.ConnectAsync());
        await socks.EchoAsync("still here"u8.ToArray());

        await gateway.Host.Doorkeeper.OpenAsync();
        await gateway.Host.Doorkeeper.OpenAsync();
        Assert.False(gateway.Host.Doorkeeper.IsDraining);
        using var next = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await next.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.Equal(
            [GatewayEventKind.Draining, GatewayEventKind.Undrained],
            gateway.Host.Status.Events.After(0).Select(news => news.Kind));
    }

    [Fact]
    public async Task Doors_stay_closed_when_somebody_else_has_taken_the_port()
    {
        await using var gateway = await TestGateway.StartAsync(Doors);
        var door = gateway.Host.Listening.First(address => !address.Address.IsIpv6);
        await gateway.Host.Doorkeeper.CloseAsync();
        using (var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            taken.Bind(door.ToIPEndPoint());
            taken.Listen();
            await Assert.ThrowsAsync<TransportException>(gateway.Host.Doorkeeper.OpenAsync);
            Assert.True(gateway.Host.Doorkeeper.IsDraining);
        }
        await gateway.Host.Doorkeeper.OpenAsync();
        using var socks = await gateway.ConnectAsync();
    }

    [Fact]
    public async Task A_gateway_with_closed_doors_ends_as_any_other()
    {
        await using var gateway = await TestGateway.StartAsync(Doors);
        await gateway.Host.Doorkeeper.CloseAsync();
        Assert.True(await gateway.Host.DrainAsync(Eventually.Patience));
        await gateway.ListensNoMoreAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(gateway.Host.Doorkeeper.OpenAsync);
    }
}
