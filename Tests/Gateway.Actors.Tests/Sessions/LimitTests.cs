using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Sessions;

public class LimitTests
{
    [Theory]
    [InlineData("limits.sessions = 2")]
    [InlineData("limits.sessions-per-client = 2")]
    [InlineData("limits.handshakes = 3")]
    public async Task Client_beyond_the_limit_is_reset_until_another_leaves(string limit)
    {
        await using var gateway = await TestGateway.StartAsync(limit);
        using var first = await gateway.ConnectAsync();
        using var second = await gateway.ConnectAsync();
        await gateway.HasSessionsAsync(2);

        Assert.False(await IsServedAsync(gateway));
        first.Dispose();
        await gateway.HasSessionsAsync(1);

        Assert.True(await IsServedAsync(gateway));
    }

    [Theory]
    [InlineData("limits.sessions = 1")]
    [InlineData("limits.sessions-per-client = 1")]
    [InlineData("limits.handshakes = 1")]
    public async Task A_limit_that_is_lowered_counts_who_is_there_already(string limit)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var first = await gateway.ConnectAsync();
        await gateway.HasSessionsAsync(1);
        Assert.True((await gateway.ReloadAsync(limit)).IsDone);

        Assert.False(await IsServedAsync(gateway));
        first.Dispose();
        await gateway.HasSessionsAsync(0);

        Assert.True(await IsServedAsync(gateway));
    }

    [Fact]
    public async Task Sessions_with_a_request_do_not_count_as_handshakes()
    {
        await using var gateway = await TestGateway.StartAsync("limits.handshakes = 1");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var relayed = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await relayed.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.True(await IsServedAsync(gateway));
    }

    [Fact]
    public async Task Other_clients_have_limits_of_their_own()
    {
        await using var gateway = await TestGateway.StartAsync("limits.sessions-per-client = 1");
        using var first = await gateway.ConnectAsync(IPAddress.Loopback);
        await gateway.HasSessionsAsync(1);
        using var other = await gateway.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(AuthMethod.NoAuthentication, await other.GreetAsync(AuthMethod.NoAuthentication));
    }

    [Fact]
    public async Task Association_beyond_the_limit_is_refused_until_another_ends()
    {
        await using var gateway = await TestGateway.StartAsync("limits.associations-per-client = 1");
        using var first = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await first.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);

        Assert.Equal(ReplyCode.GeneralFailure, await AssociateAsync());
        first.Dispose();
        await gateway.HasSessionsAsync(0);
        Assert.Equal(ReplyCode.Succeeded, await AssociateAsync());

        async Task<ReplyCode> AssociateAsync()
        {
            using var socks = await gateway.ConnectAsync();
            return (await socks.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code;
        }
    }

    private static async Task<bool> IsServedAsync(TestGateway gateway)
    {
        try
        {
            using var socks = await gateway.ConnectAsync();
            return await socks.GreetAsync(AuthMethod.NoAuthentication) == AuthMethod.NoAuthentication;
        }
        catch (Exception reset) when (reset is SocketException or EndOfStreamException)
        {
            return false;
        }
    }
}
