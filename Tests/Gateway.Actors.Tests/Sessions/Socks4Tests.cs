using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Sessions;

public class Socks4Tests
{
    [Fact]
    public async Task Connect_is_granted_and_relayed()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new TcpDestination(IPAddress.Loopback);
        using var socks = await gateway.ConnectAsync();

        var reply = await AskAsync(socks, Socks4Command.Connect, SocksEndpoint.From(there.Endpoint));

        using var seen = await there.AcceptAsync();
        Assert.Equal(Socks4Reply.Granted(LiteralEndpoint.From(seen.There)), reply);
        await seen.WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello"u8.ToArray(), await socks.ReadAsync(5));
    }

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Name_of_a_4a_client_leads_to_either_family(string destination)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("echo.test", destination);
        using var echo = new EchoServer(IPAddress.Parse(destination));
        using var socks = await gateway.ConnectAsync();

        Assert.Equal(Socks4ReplyCode.Granted, (await AskAsync(socks, Socks4Command.Connect, Named("echo.test", echo.Endpoint.Port))).Code);
        await socks.EchoAsync([1, 2, 3]);
    }

    [Fact]
    public async Task Every_failure_is_a_refusal()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.2", via = reject }, { to = any, via = direct }]""");
        using var nobody = new ClosedPort(IPAddress.Loopback);
        foreach (var destination in new[] { SocksEndpoint.From(nobody.Endpoint), Named("nowhere.test", 80), Literal("127.0.0.2", 80) })
        {
            using var socks = await gateway.ConnectAsync();
            Assert.Equal(Socks4Reply.Refused, await AskAsync(socks, Socks4Command.Connect, destination));
            Assert.Empty(await socks.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task Broken_request_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();
        await socks.SendAsync((byte[])[4, 9, 0, 80]);
        Assert.Equal(Socks4Reply.Refused, await socks.ReadAsync<Socks4Reply>());
        Assert.Empty(await socks.ReadToEndAsync());
    }

    [Fact]
    public async Task Bind_grants_twice()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var socks = await gateway.ConnectAsync();

        var listening = await AskAsync(socks, Socks4Command.Bind, Literal("127.0.0.1", 21));
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(IPAddress.Loopback, listening.Port).WaitAsync(Eventually.Patience);

        Assert.Equal(Socks4Reply.Granted(LiteralEndpoint.From(peer.Here)), await socks.ReadAsync<Socks4Reply>());
        await peer.WriteAsync("data"u8.ToArray());
        Assert.Equal("data"u8.ToArray(), await socks.ReadAsync(4));
    }

    [Fact]
    public async Task Resolve_answers_with_an_IPv4_address_or_not_at_all()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("both.test", "192.0.2.10", "2001:db8::10");
        gateway.Names.Add("six.test", "2001:db8::10");

        using var both = await gateway.ConnectAsync();
        Assert.Equal(new Socks4Reply(Socks4ReplyCode.Granted, IpLiteral.Parse("192.0.2.10"), 0), await AskAsync(both, Socks4Command.Resolve, Named("both.test", 0)));
        Assert.Empty(await both.ReadToEndAsync());
        using var six = await gateway.ConnectAsync();
        Assert.Equal(Socks4Reply.Refused, await AskAsync(six, Socks4Command.Resolve, Named("six.test", 0)));
    }

    private static async Task<Socks4Reply> AskAsync(SocksTestClient socks, Socks4Command command, SocksEndpoint destination)
    {
        await socks.SendAsync(new Socks4Request(command, destination, new CountedOctets("fred")));
        return await socks.ReadAsync<Socks4Reply>();
    }
}
