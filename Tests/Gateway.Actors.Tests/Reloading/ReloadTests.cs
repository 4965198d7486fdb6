using System.Net;
using System.Net.Sockets;
using Gateway.Actors.Access;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Reloading;

/// <summary>Settings that change under a gateway at work.</summary>
public class ReloadTests
{
    private const string RejectAll = "routes = [{ to = any, via = reject }]";

    [Fact]
    public async Task A_bad_file_changes_nothing_and_says_why()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);

        var outcome = await gateway.ReloadAsync($"{RejectAll}\nmax-hop = 3");

        Assert.False(outcome.IsDone);
        Assert.Equal(["gateway.conf:4: socks64.max-hop: unknown key; did you mean \"max-hops\"?"], outcome.Problems);
        Assert.Empty(outcome.Changes);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.Equal(GatewayEventKind.ReloadRefused, Assert.Single(gateway.Host.Status.Events.After(0)).Kind);
    }

    [Fact]
    public async Task Rules_change_for_the_next_session_and_no_live_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var relaying = await gateway.ConnectAsync();
        await relaying.AskAsync(SocksCommand.Connect, echo.Endpoint);
        using var greeted = await gateway.ConnectAsync();
        await greeted.GreetAsync(AuthMethod.NoAuthentication);

        var outcome = await gateway.ReloadAsync(RejectAll);

        Assert.True(outcome.IsDone);
        Assert.Equal("added socks64.routes = [{to = any, via = reject}]", Assert.Single(outcome.Changes).ToString());
        await relaying.EchoAsync("still here"u8.ToArray());
        Assert.Equal(ReplyCode.Succeeded, (await greeted.RequestAsync(SocksCommand.Connect, SocksEndpoint.From(echo.Endpoint))).Code);
        using var next = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await next.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        Assert.Equal(GatewayEventKind.Reloaded, gateway.Host.Status.Events.After(0)[0].Kind);
    }

    [Fact]
    public async Task A_new_listener_serves_and_one_that_is_gone_keeps_its_sessions()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var (gone, stays) = (gateway.Host.Listening[0], gateway.Host.Listening[1]);
        using var socks = await gateway.ConnectAsync(IPAddress.Loopback);
        await socks.AskAsync(SocksCommand.Connect, echo.Endpoint);

        var outcome = await gateway.ReloadAsync("""listeners = [{ address = "[::1]:0", auth = [none] }, { address = "127.82.7.2:0", auth = [none] }]""");

        Assert.True(outcome.IsDone);
        Assert.Equal([gone], outcome.Closed);
        var opened = Assert.Single(outcome.Opened);
        Assert.Equal([stays, opened], gateway.Host.Listening);
        await socks.EchoAsync("still here"u8.ToArray());
        await Assert.ThrowsAsync<SocketException>(() => SocksTestClient.ConnectAsync(gone));
        foreach (var door in gateway.Host.Listening)
        {
            using var next = await SocksTestClient.ConnectAsync(door);
            Assert.Equal(ReplyCode.Succeeded, (await next.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
        }
    }

    [Fact]
    public async Task A_listener_that_cannot_be_opened_changes_nothing()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var before = gateway.Host.Listening;

        var outcome = await gateway.ReloadAsync($$"""
            {{RejectAll}}
            listeners = [{ address = "127.82.7.3:0", auth = [none] }, { address = "{{echo.Endpoint}}", auth = [none] }]
            """);

        Assert.False(outcome.IsDone);
        Assert.Contains(echo.Endpoint.ToString(), Assert.Single(outcome.Problems), StringComparison.Ordinal);
        Assert.Equal(before, gateway.Host.Listening);
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
    }

    [Fact]
    public async Task A_listener_moves_from_an_address_to_all_of_them_on_the_same_port()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        var before = gateway.Host.Listening.Single(door => door.Address.IsIpv6);

        var outcome = await gateway.ReloadAsync($$"""listeners = [{ address = "[::]:{{before.Port}}", auth = [none] }]""");

        Assert.True(outcome.IsDone, outcome.ToString());
        using var socks = await SocksTestClient.ConnectAsync(before);
        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
    }

    [Fact]
    public async Task A_listener_asks_for_a_password_from_the_next_client_on()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var before = await gateway.ConnectAsync();
        await before.GreetAsync(AuthMethod.NoAuthentication);

        await gateway.ReloadAsync($$"""
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            users { alice { password = "{{PasswordHash.Create("first"u8, PasswordHash.LeastIterations).Reveal()}}" } }
            """);

        using var refused = await gateway.ConnectAsync();
        Assert.Equal(AuthMethod.NoneAcceptable, await refused.GreetAsync(AuthMethod.NoAuthentication));
        using var alice = await gateway.ConnectAsync();
        Assert.True(await alice.LogInAsync("alice", "first"));

        var outcome = await gateway.ReloadAsync($$"""
            listeners = [{ address = "127.0.0.1:0", auth = [password] }]
            users { alice { password = "{{PasswordHash.Create("second"u8, PasswordHash.LeastIterations).Reveal()}}" } }
            """);

        Assert.Equal("changed socks64.users.alice.password = *** to ***", Assert.Single(outcome.Changes).ToString());
        using var late = await gateway.ConnectAsync();
        Assert.False(await late.LogInAsync("alice", "first"));
        using var known = await gateway.ConnectAsync();
        Assert.True(await known.LogInAsync("alice", "second"));
    }

    [Fact]
    public async Task A_chain_is_taken_by_the_next_session()
    {
        await using var far = await TestGateway.StartAsync();
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var direct = await gateway.ConnectAsync();
        await direct.AskAsync(SocksCommand.Connect, echo.Endpoint);

        await gateway.ReloadAsync($$"""
            gateways { far { address = "{{far.Host.Listening[0]}}" } }
            chains { way { hops = [{ gateways = [far] }] } }
            routes = [{ to = any, via = way }]
            """);

        using (var chained = await gateway.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await chained.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await chained.EchoAsync("through far"u8.ToArray());
        }
        Assert.Equal("far", Assert.Single((await gateway.NextRecordAsync()).Hops).Name);
        await direct.EchoAsync("still direct"u8.ToArray());
    }

    [Fact]
    public async Task What_the_process_was_made_with_waits_for_a_restart_until_there_is_one()
    {
        await using var gateway = await TestGateway.StartAsync("node.name = g1");
        const string other = "node { name = g2, roles = [exit] }\naddress-id { idle = 1m, always-id = on }\nmax-hops = 3";

        var outcome = await gateway.ReloadAsync(other);

        Assert.True(outcome.IsDone);
        Assert.Equal(
            ["socks64.node.name", "socks64.node.roles", "socks64.address-id.idle"],
            outcome.Changes.Where(change => change.NeedsRestart).Select(change => change.Key));
        Assert.Equal(
            ["socks64.address-id.always-id", "socks64.max-hops"],
            outcome.Changes.Where(change => !change.NeedsRestart).Select(change => change.Key));
        var settings = gateway.Host.Settings;
        Assert.Equal(("g1", TimeSpan.FromMinutes(10), true, 3), (settings.Node.Name, settings.AddressId.Idle, settings.AddressId.AlwaysId, settings.MaxHops));
        Assert.All((await gateway.ReloadAsync(other)).Changes, change => Assert.True(change.NeedsRestart));
        Assert.Empty((await gateway.ReloadAsync("node.name = g1\naddress-id.always-id = on\nmax-hops = 3")).Changes);
    }

    [Fact]
    public async Task Closed_doors_open_as_the_new_settings_have_them()
    {
        await using var gateway = await TestGateway.StartAsync("""listeners = [{ address = "127.82.7.4:0", auth = [none] }]""");
        await gateway.Host.Doorkeeper.CloseAsync();

        var outcome = await gateway.ReloadAsync("""listeners = [{ address = "127.82.7.5:0", auth = [none] }]""");

        Assert.True(outcome.IsDone);
        Assert.True(gateway.Host.Doorkeeper.IsDraining);
        await gateway.Host.Doorkeeper.OpenAsync();
        var door = Assert.Single(gateway.Host.Listening);
        Assert.NotEqual(0, door.Port);
        Assert.Equal("127.82.7.5", door.Address.ToString());
        using var socks = await SocksTestClient.ConnectAsync(door);
        Assert.Equal(AuthMethod.NoAuthentication, await socks.GreetAsync(AuthMethod.NoAuthentication));
        await gateway.ReloadAsync("""listeners = [{ address = "127.82.7.5:0", auth = [none] }]""");
    }

    [Fact]
    public async Task A_gateway_that_ends_takes_no_settings()
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.True(await gateway.Host.DrainAsync(Eventually.Patience));
        await gateway.ListensNoMoreAsync();
        var outcome = await gateway.ReloadAsync(RejectAll);
        Assert.False(outcome.IsDone);
        Assert.Contains("about to end", outcome.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_shut_out_while_settings_change_over_and_over()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var enough = new CancellationTokenSource();
        var served = 0;
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                using var socks = await gateway.ConnectAsync();
                Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
                await socks.EchoAsync("served"u8.ToArray());
                Interlocked.Increment(ref served);
            }
        })).ToList();
        for (var hops = 1; hops <= 30; hops++)
        {
            Assert.True((await gateway.ReloadAsync($"max-hops = {hops}")).IsDone);
            var before = Volatile.Read(ref served);
            await Eventually.Holds(() => Volatile.Read(ref served) > before, () => "nobody is served");
        }
        await enough.CancelAsync();
        await Task.WhenAll(clients);
    }
}
