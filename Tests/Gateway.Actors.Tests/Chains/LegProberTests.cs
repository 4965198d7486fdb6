using System.Net;
using Gateway.Actors.Chains;
using Gateway.Actors.Members;
using Gateway.Actors.Reloading;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Members;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;
using Testing;
using Leg = Gateway.Actors.Chains.Leg;

namespace Gateway.Actors.Tests.Chains;

public sealed class LegProberTests : IDisposable
{
    private readonly Loop _loop = new();
    private readonly Resolver _resolver = new();
    private readonly LegHealth _legs = new("e1") { FirstDelay = TimeSpan.FromMilliseconds(1), LongestDelay = TimeSpan.FromMilliseconds(100) };

    public LegProberTests() => _loop.Start();

    public void Dispose()
    {
        _loop.Dispose();
        _resolver.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", new byte[] { 5, 0 })]
    [InlineData("::1", new byte[] { 5, 2 })]
    [InlineData("127.0.0.1", new byte[] { 5, 0xFF })]
    public async Task A_server_that_answers_the_greeting_brings_its_leg_back(string family, byte[] answer)
    {
        using var server = new TcpDestination(IPAddress.Parse(family));
        var leg = Eject("lab", LiteralEndpoint.From(server.Endpoint));
        Probe(Gateway("lab", server.Endpoint));

        using var probe = await server.AcceptAsync();
        Assert.Equal([5, 2, 0, 2], await probe.ReadAsync(4));
        Assert.Contains(_legs.Ejected, ejected => ejected.Leg == leg);
        await probe.WriteAsync(answer);

        await Eventually.Holds(() => _legs.Ejected.Count == 0, () => "the leg is still ejected");
        Assert.NotNull(_legs.Latency(leg));
    }

    [Fact]
    public async Task A_server_that_is_gone_or_no_socks_server_stays_out_and_is_asked_again()
    {
        using var server = new TcpDestination(IPAddress.Loopback);
        var leg = Eject("lab", LiteralEndpoint.From(server.Endpoint));
        Probe(Gateway("lab", server.Endpoint));

        using (var first = await server.AcceptAsync())
            await first.WriteAsync("HTTP/1.1 400"u8.ToArray());
        using (await server.AcceptAsync())
        {
        }
        using var third = await server.AcceptAsync();
        Assert.Equal(leg, Assert.Single(_legs.Ejected).Leg);
        await third.WriteAsync(new byte[] { 5, 0 });
        await Eventually.Holds(() => _legs.Ejected.Count == 0, () => "the leg is still ejected");
    }

    [Fact]
    public async Task A_member_is_asked_at_its_address_of_the_legs_family()
    {
        using var server = new TcpDestination(IPAddress.IPv6Loopback);
        Eject("r1", LiteralEndpoint.From(server.Endpoint));
        var member = Announcements.Of("r1", 2) with { Endpoints = [new(IpLiteral.Parse("127.0.0.2"), 1), LiteralEndpoint.From(server.Endpoint)] };
        Probe(new GatewaySettings { Node = new() { Name = "e1" } }, new Member(member));

        using var probe = await server.AcceptAsync();
        await probe.WriteAsync(new byte[] { 5, 2 });
        await Eventually.Holds(() => _legs.Ejected.Count == 0, () => "the leg is still ejected");
    }

    [Fact]
    public async Task Legs_of_others_and_to_strangers_are_not_probed()
    {
        using var server = new TcpDestination(IPAddress.Loopback);
        var foreign = new Leg("r9", "lab", IpFamily.V4);
        var stranger = new Leg("e1", "nobody", IpFamily.V4);
        _legs.Report(foreign, LegOutcome.Failed, default, Now);
        _legs.Report(stranger, LegOutcome.Failed, default, Now);
        var own = Eject("lab", LiteralEndpoint.From(server.Endpoint));
        Probe(Gateway("lab", server.Endpoint));

        using var probe = await server.AcceptAsync();
        await probe.WriteAsync(new byte[] { 5, 0 });
        await Eventually.Holds(() => _legs.Ejected.All(ejected => ejected.Leg != own), () => "the leg is still ejected");
        Assert.Equal([foreign, stranger], _legs.Ejected.Select(ejected => ejected.Leg).OrderByDescending(leg => leg.From));
    }

    private static TimeSpan Now => TimeProvider.System.GetElapsedTime(0);

    private static GatewaySettings Gateway(string name, IPEndPoint address) => new()
    {
        Node = new() { Name = "e1" },
        Gateways = new Dictionary<string, GatewayServerSettings> { [name] = new() { Address = SocksEndpoint.From(LiteralEndpoint.From(address)) } },
    };

    private Leg Eject(string name, LiteralEndpoint address)
    {
        var leg = new Leg("e1", name, address.Address.Family);
        _legs.Report(leg, LegOutcome.Failed, default, Now);
        return leg;
    }

    private void Probe(GatewaySettings settings, params Member[] members)
    {
        var board = new TopologyBoard(Topology.Alone(Announcements.Of("e1", 1)).WithOthers(members));
        var inForce = new SettingsBoard(settings, board, _legs, new EjectedServers(), key: null, TimeProvider.System);
        _loop.Post(() => LegProber.Start(_ => new LoopNetwork(new Dialer(_loop, _resolver)), inForce, board, _legs, TimeProvider.System));
    }
}
