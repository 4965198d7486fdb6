using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Gateway.Actors.Handover;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Settings;
using Gateway.Protocol;
using Gateway.Transport;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Handover;

/// <summary>Two gateways that hand over to each other through the real channel, within one process.</summary>
public sealed class HandoverTests : IDisposable
{
    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF }");

    private readonly DescriptorDoor _door = DescriptorDoor.Open($"@s64-{Guid.NewGuid():N}");
    private readonly EchoServer _echo = new(IPAddress.Loopback);

    public void Dispose()
    {
        _door.Dispose();
        _echo.Dispose();
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public async Task All_backlogs_are_accepted_from_whatever_the_number_of_loops(int before, int after)
    {
        var settings = Listen("127.0.0.1:0");
        await using var old = GatewayHost.Start(settings, new SessionRecords(), Quiet, before);
        var (next, predecessor, _) = await FollowAsync(old, settings, after);
        await using (next)
        using (predecessor)
        {
            Assert.Equal(old.Listening, next.Listening);
            Assert.True(await old.DrainAsync(Eventually.Patience));
            for (var i = 0; i < 60; i++)
                await ServeAsync(next.Listening[0]);
            await Eventually.Holds(() => next.Loops.Sum(loop => loop.Sockets) == Math.Max(before, after), () => $"{next.Loops.Sum(loop => loop.Sockets)} sockets are open");
        }
    }

    [Fact]
    public async Task A_listener_that_the_successor_does_not_have_is_closed_by_the_predecessor_and_loses_nobody()
    {
        var settings = Listen("127.0.0.1:0", "[::1]:0");
        await using var old = GatewayHost.Start(settings, new SessionRecords(), Quiet, 1);
        var dropped = old.Listening[1];
        var (next, predecessor, handing) = await OfferAsync(old, Listen("127.0.0.1:0", "127.0.0.1:0"), 1);
        await using (next)
        using (predecessor)
        {
            List<SocksTestClient> waiting = [];
            for (var i = 0; i < 20; i++)
                waiting.Add(await SocksTestClient.ConnectAsync(dropped));
            await next.OpenAsync();
            predecessor.TellServing();
            await handing;
            Assert.Equal(old.Listening[0], next.Listening[0]);
            foreach (var client in waiting)
            {
                Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, _echo.Endpoint)).Code);
                client.Dispose();
            }
            await Assert.ThrowsAsync<SocketException>(() => SocksTestClient.ConnectAsync(dropped));
            await ServeAsync(next.Listening[1]);
            Assert.True(await old.DrainAsync(Eventually.Patience));
        }
    }

    [Fact]
    public async Task Address_ids_are_found_at_the_successor_those_too_that_are_given_after_the_hand_over()
    {
        var settings = Listen("127.0.0.1:0");
        await using var old = GatewayHost.Start(settings, new SessionRecords(), Quiet, 1);
        var (early, late) = (await AssociateAsync(old.Listening[0], "early.test"), default(AddressId));
        using var lateClient = await SocksTestClient.ConnectAsync(old.Listening[0]);
        await lateClient.GreetAsync(AuthMethod.NoAuthentication);

        var (next, predecessor, _) = await FollowAsync(old, settings, 1);
        await using (next)
        using (predecessor)
        {
            _ = predecessor.FollowAsync(next, () => { });
            Assert.Equal(early, await AssociateAsync(next.Listening[0], "early.test"));
            late = (await lateClient.RequestAsync(SocksCommand.AddressAssociate, Named("late.test", 0))).Id();
            await Eventually.Holds(() => next.Status.AddressIds().Any(view => view.Entry.Id == late), () => "the late ID has not come");
            Assert.Equal(late, await AssociateAsync(next.Listening[0], "late.test"));
            lateClient.Dispose();
            Assert.True(await old.DrainAsync(Eventually.Patience));
        }
    }

    [Fact]
    public async Task A_gateway_that_drains_is_not_handed_over_and_one_that_was_refused_goes_on()
    {
        var settings = Listen("127.0.0.1:0");
        await using var old = GatewayHost.Start(settings, new SessionRecords(), Quiet, 1);
        await old.Doorkeeper.CloseAsync();
        Assert.Contains("the gateway drains", (await Assert.ThrowsAsync<HandoverException>(() => FollowAsync(old, settings, 1))).Message);
        await old.Doorkeeper.OpenAsync();

        var other = await Assert.ThrowsAsync<HandoverException>(() => OfferAsync(old, Listen("127.0.0.9:0"), 1));
        Assert.Contains("has none of the listeners of these settings", other.Message);
        await ServeAsync(old.Listening[0]);
    }

    [Fact]
    public async Task A_process_of_another_version_is_refused_in_words()
    {
        using var stranger = DescriptorChannel.Connect(_door.Name);
        stranger.Send([9, 1]);
        var refused = await Assert.ThrowsAsync<HandoverException>(async () => await Successor.MeetAsync(await _door.AcceptAsync(default), default));
        Assert.Contains("by version 9, this one by version 1", refused.Message);
        using var answer = await stranger.ReceiveAsync();
        Assert.Equal((byte)HandoverKind.Refused, answer!.Octets[1]);
    }

    /// <summary>The successor serves and the predecessor has stopped when it returns.</summary>
    private async Task<(GatewayHost Next, Predecessor Predecessor, Task Handing)> FollowAsync(GatewayHost old, GatewaySettings settings, int loops)
    {
        var (next, predecessor, handing) = await OfferAsync(old, settings, loops);
        await next.OpenAsync();
        predecessor.TellServing();
        await handing;
        return (next, predecessor, handing);
    }

    /// <summary>The successor has everything and accepts nobody yet.</summary>
    private async Task<(GatewayHost Next, Predecessor Predecessor, Task Handing)> OfferAsync(GatewayHost old, GatewaySettings settings, int loops)
    {
        var handing = HandOverAsync(old);
        var predecessor = await Predecessor.MeetAsync(_door.Name, [.. settings.Listeners.Select(listener => listener.Address)]);
        return (GatewayHost.Succeed(predecessor.Estate, settings, new SessionRecords(), Quiet, loops), predecessor, handing);
    }

    private async Task HandOverAsync(GatewayHost old)
    {
        var successor = await Successor.MeetAsync(await _door.AcceptAsync(default), default);
        try
        {
            await old.HandOverAsync(successor, new Estate(), default);
        }
        catch (Exception e)
        {
            successor.RefuseAndClose(e.Message);
            throw;
        }
        await old.LeaveClusterAsync();
        successor.Release();
    }

    private async Task ServeAsync(LiteralEndpoint listener)
    {
        using var client = await SocksTestClient.ConnectAsync(listener);
        Assert.Equal(ReplyCode.Succeeded, (await client.AskAsync(SocksCommand.Connect, _echo.Endpoint)).Code);
        await client.EchoAsync([1, 2, 3]);
    }

    private static async Task<AddressId> AssociateAsync(LiteralEndpoint listener, string name)
    {
        using var client = await SocksTestClient.ConnectAsync(listener);
        return (await client.AskAsync(SocksCommand.AddressAssociate, Named(name, 0))).Id();
    }

    private static GatewaySettings Listen(params string[] addresses) =>
        Files.Read($"socks64.listeners = [{string.Join(", ", addresses.Select(address => $$"""{ address = "{{address}}", auth = [none] }"""))}]");
}
