using System.Net;
using Gateway.Actors.Status;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Status;

/// <summary>Live sessions as an operator sees them.</summary>
public class SessionsTests
{
    private static readonly SessionFilter All = new();

    [Fact]
    public async Task Each_session_is_shown_with_what_it_does()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        using var silent = await gateway.ConnectAsync();
        await gateway.HasSessionsAsync(1);
        using var relaying = await gateway.ConnectAsync();
        await relaying.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await relaying.EchoAsync(new byte[1000]);
        using var binding = await gateway.ConnectAsync();
        await binding.AskAsync(SocksCommand.Bind, SocksEndpoint.Unspecified);
        using var asking = await gateway.ConnectAsync();
        await asking.AskAsync(SocksCommand.AddressAssociate, Families.Literal("192.0.2.1", 0));

        var page = await FindAsync(gateway, All, 4);

        Assert.Equal(
            [SessionPhase.Handshake, SessionPhase.AwaitingPeer, SessionPhase.Relaying, SessionPhase.Answered],
            page.Sessions.Select(session => session.Phase).Order());
        var relay = page.Sessions.Single(session => session.Phase == SessionPhase.Relaying);
        Assert.Equal(LiteralEndpoint.From(relaying.Socket.Here).Canonical, relay.Client.Canonical);
        Assert.Equal((SocksCommand.Connect, echo.Endpoint.ToString(), "direct", 0), (relay.Command, relay.Destination, relay.Via, relay.Route));
        Assert.Equal((1000, 1000), (relay.Sent, relay.Received));
        Assert.NotNull(relay.Setup);
        Assert.Null(page.Sessions.Single(session => session.Phase == SessionPhase.Handshake).Destination);
    }

    [Fact]
    public async Task An_association_shows_its_ports_and_its_octets()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4);
        await udp.SendAsync(there.Endpoint, "question");
        var (_, from) = await there.ReceiveAsync();
        await there.SendAsync("answer"u8.ToArray(), from);
        await udp.ReceiveAsync();

        var session = Assert.Single((await FindAsync(gateway, new() { IsAssociation = true }, 1)).Sessions);

        Assert.Equal((SessionPhase.Associated, 8, 6), (session.Phase, session.Sent, session.Received));
        Assert.Equal(LiteralEndpoint.From(udp.Own.Endpoint), session.Association!.Client);
        Assert.Equal(udp.Reply.Bound.Port, session.Association.Relay.Port);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        const int count = 30;
        await using var gateway = await TestGateway.StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => gateway.ConnectAsync()));
        var all = await FindAsync(gateway, All, count);
        Assert.Null(all.Next);

        List<long> seen = [];
        for (long? after = 0; after is { } place;)
        {
            var page = await gateway.Host.Status.SessionsAsync(All, place, 7);
            Assert.Equal(count, page.Matched);
            seen.AddRange(page.Sessions.Select(session => session.Id));
            after = page.Next;
        }

        Assert.Equal(all.Sessions.Select(session => session.Id), seen);
        Assert.Equal(count, seen.Distinct().Count());
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task More_sessions_than_a_portion_are_all_found_while_others_come_and_go()
    {
        const int count = 700;
        await using var gateway = await TestGateway.StartAsync("limits.handshakes = 5000");
        List<SocksTestClient> clients = [];
        for (var i = 0; i < count; i++)
            clients.Add(await gateway.ConnectAsync());
        await FindAsync(gateway, All, count);

        for (var left = count; left > 0; left -= 100)
        {
            var walk = gateway.Host.Status.SessionsAsync(All, limit: 10_000);
            foreach (var client in clients[(left - 100)..left])
                client.Dispose();
            Assert.InRange((await walk).Matched, left - 100, left);
            Assert.Equal(left - 100, (await FindAsync(gateway, All, left - 100)).Sessions.Count);
        }
    }

    [Fact]
    public async Task A_session_is_closed_by_its_number_and_says_who_did_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var echo = new EchoServer(IPAddress.Loopback);
        using var one = await gateway.ConnectAsync();
        using var other = await gateway.ConnectAsync();
        await one.AskAsync(SocksCommand.Connect, echo.Endpoint);
        await other.AskAsync(SocksCommand.Connect, echo.Endpoint);
        var id = (await FindAsync(gateway, new() { Text = LiteralEndpoint.From(one.Socket.Here).Canonical.ToString() }, 1)).Sessions[0].Id;
        Assert.Equal(id, (await gateway.Host.Status.SessionAsync(id))!.Id);

        Assert.True(await gateway.Host.Status.CloseAsync(id));

        Assert.True(await one.Socket.IsResetAsync());
        var record = await gateway.NextRecordAsync();
        Assert.Equal((id, "the operator closed it"), (record.Id, record.Reason));
        await other.EchoAsync([1]);
        Assert.False(await gateway.Host.Status.CloseAsync(id));
        Assert.Null(await gateway.Host.Status.SessionAsync(id));
        Assert.False(await gateway.Host.Status.CloseAsync(-5));
        Assert.Contains(gateway.Host.Status.Events.After(0), news => news.Kind == GatewayEventKind.SessionClosed && news.Subject == $"session {id}");
    }

    [Fact]
    public async Task Address_ids_are_listed_with_their_owner()
    {
        await using var gateway = await TestGateway.StartAsync("address-id.always-id = on");
        using var socks = await gateway.ConnectAsync();
        var reply = await socks.AskAsync(SocksCommand.AddressAssociate, Families.Named("www.test", 0));

        var view = Assert.Single(gateway.Host.Status.AddressIds());

        Assert.Equal((reply.Id(), "www.test", "127.0.0.1"), (view.Entry.Id, view.Entry.Target.ToString(), view.Entry.Owner.ToString()));
        Assert.Equal(1, gateway.Host.Status.AddressIdCount);
    }

    private static async Task<SessionPage> FindAsync(TestGateway gateway, SessionFilter filter, int count)
    {
        SessionPage? page = null;
        await Eventually.Holds(
            async () => (page = await gateway.Host.Status.SessionsAsync(filter, limit: 10_000)).Matched == count,
            () => $"{page?.Matched} sessions match, {count} are expected");
        return page!;
    }
}
