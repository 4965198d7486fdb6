using System.Net;
using System.Text;
using Gateway.Actors.Members;
using Gateway.Actors.Routing;
using Gateway.Actors.Settings;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Chains;

/// <summary>Chains whose hops are members with a role. Who is a member is told by the tests.</summary>
public class ChainMembersTests
{
    private const string Open = """routes = [{ to = ["127.0.0.0/8", "::1"], via = direct }, { to = any, via = direct }]""";

    private static readonly byte[] Hello = "hello"u8.ToArray();

    private static Task<TestGateway> NodeAsync(string name, string settings = Open, Func<GatewaySettings, GatewaySettings>? adjust = null) =>
        TestGateway.StartAsync($"node.name = {name}\ncluster.secret = \"{FellowMember.ClusterSecret}\"\n{settings}", adjust: read => FellowMember.Join(adjust?.Invoke(read) ?? read));

    /// <summary>Client → e1 → a relay over <paramref name="first"/> → an exit over <paramref name="second"/> → destination.</summary>
    private static Task<TestGateway> EntryAsync(FamilyWish first, FamilyWish second, FamilyWish destination = FamilyWish.Any) =>
        NodeAsync("e1", adjust: read => read with
        {
            Chains = new Dictionary<string, ChainSettings>
            {
                ["way"] = new()
                {
                    Hops = [new HopSettings { Role = "relay", Over = first, Pick = PickPolicy.InOrder }, new HopSettings { Role = "exit", Over = second, Pick = PickPolicy.InOrder }],
                    DestinationOver = destination,
                },
            },
            Routes = [read.Routes[0] with { To = DestinationSet.Any, Via = "way" }],
        });

    /// <summary>Lets all know each other.</summary>
    private static void Meet(params (TestGateway Gateway, string Role)[] nodes)
    {
        var members = nodes.Select(node => new Member(node.Gateway.Host.Topology.Current.Self.Announced with
        {
            Roles = [node.Role],
            Endpoints = node.Gateway.Host.Listening,
        })).ToList();
        foreach (var (gateway, _) in nodes)
            gateway.Host.Topology.Update(topology => topology.WithOthers(members.Where(member => member.Name != gateway.Host.Settings.Node.Name)));
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, FamilyWish.Ipv6, V4)]
    [InlineData(FamilyWish.Ipv6, FamilyWish.Ipv4, V6)]
    public async Task Members_are_hops_by_their_roles_and_tell_the_same_trace(FamilyWish first, FamilyWish second, string destination)
    {
        await using var exit = await NodeAsync("x1");
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(first, second);
        Meet((entry, "entry"), (relay, "relay"), (exit, "exit"));
        using var echo = new EchoServer(IPAddress.Parse(destination));
        using (var socks = await entry.ConnectAsync())
        {
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);
            await socks.EchoAsync(Hello);
        }
        var (atEntry, atRelay, atExit) = (await entry.NextRecordAsync(), await relay.NextRecordAsync(), await exit.NextRecordAsync());
        Assert.Equal(["r1", "x1"], atEntry.Hops.Select(hop => hop.Name));
        Assert.Equal([first == FamilyWish.Ipv6, second == FamilyWish.Ipv6], atEntry.Hops.Select(hop => hop.Address.Address.IsIpv6));
        Assert.Equal((atEntry.TraceId, atEntry.TraceId), (atRelay.TraceId, atExit.TraceId));
        Assert.Equal(("e1", "e1"), (atRelay.Member, atExit.Member));
        Assert.Equal(echo.Endpoint.ToString(), atExit.Destination);
    }

    [Theory]
    [InlineData(FamilyWish.Ipv4, V4)]
    [InlineData(FamilyWish.Ipv6, V6)]
    public async Task The_last_member_reaches_a_name_over_the_family_that_the_chain_wishes_for(FamilyWish wish, string expected)
    {
        await using var exit = await NodeAsync("x1");
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(FamilyWish.Any, FamilyWish.Any, wish);
        Meet((entry, "entry"), (relay, "relay"), (exit, "exit"));
        exit.Names.Add("both.test", V4, V6);
        using var there = new TcpDestination(IPAddress.Parse(expected));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, Named("both.test", there.Endpoint.Port))).Code);

        using var seen = await there.AcceptAsync();
    }

    [Theory]
    [InlineData(V4, V6)]
    [InlineData(V6, V4)]
    public async Task Flag_10_shows_the_true_bound_address_of_the_last_member(string client, string destination)
    {
        await using var exit = await NodeAsync("x1");
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(FamilyWish.Any, FamilyWish.Any);
        Meet((entry, "entry"), (relay, "relay"), (exit, "exit"));
        using var there = new TcpDestination(IPAddress.Parse(destination));
        using var socks = await entry.ConnectAsync(IPAddress.Parse(client));

        var reply = await socks.AskAsync(SocksCommand.Connect, there.Endpoint, RequestFlags.DestinationFamily);

        using var seen = await there.AcceptAsync();
        Assert.Equal(SocksEndpoint.From(seen.There), reply.Bound);
    }

    [Fact]
    public async Task Datagrams_travel_through_members()
    {
        await using var exit = await NodeAsync("x1");
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(FamilyWish.Ipv4, FamilyWish.Ipv6);
        Meet((entry, "entry"), (relay, "relay"), (exit, "exit"));
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(entry, V4, flags: RequestFlags.InterfaceRequest);

        var told = await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint));
        await udp.SendAsync(there.Endpoint, "question");
        var (octets, from) = await there.ReceiveAsync();
        await there.SendAsync("answer"u8.ToArray(), from);

        Assert.Equal(SocksReply.Success(SocksEndpoint.From(from)), told);
        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task A_peer_is_awaited_by_the_last_member()
    {
        await using var exit = await NodeAsync("x1");
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(FamilyWish.Ipv6, FamilyWish.Ipv4);
        Meet((entry, "entry"), (relay, "relay"), (exit, "exit"));
        using var socks = await entry.ConnectAsync();

        var listening = await socks.AskAsync(SocksCommand.Bind, Literal(V4, 21));
        using var peer = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await peer.ConnectAsync(listening.Bound.Ip(), listening.Bound.Port).WaitAsync(Eventually.Patience);

        Assert.Equal(SocksEndpoint.From(peer.Here), (await socks.ReadAsync<SocksReply>()).Bound);
    }

    [Fact]
    public async Task A_member_that_drains_is_not_picked()
    {
        await using var exit = await NodeAsync("x1");
        await using var draining = await NodeAsync("r1");
        await using var relay = await NodeAsync("r2");
        await using var entry = await EntryAsync(FamilyWish.Any, FamilyWish.Any);
        Meet((entry, "entry"), (draining, "relay"), (relay, "relay"), (exit, "exit"));
        entry.Host.Topology.Update(topology => topology.WithOthers(topology.Others.Select(
            member => member.Name == "r1" ? member with { Announced = member.Announced with { IsDraining = true } } : member)));
        using var echo = new EchoServer(IPAddress.Loopback);
        using (var socks = await entry.ConnectAsync())
            Assert.Equal(ReplyCode.Succeeded, (await socks.AskAsync(SocksCommand.Connect, echo.Endpoint)).Code);

        Assert.Equal(["r2", "x1"], (await entry.NextRecordAsync()).Hops.Select(hop => hop.Name));
    }

    [Fact]
    public async Task A_chain_without_members_is_refused_and_says_so()
    {
        await using var relay = await NodeAsync("r1");
        await using var entry = await EntryAsync(FamilyWish.Any, FamilyWish.Any);
        Meet((entry, "entry"), (relay, "relay"));
        using var socks = await entry.ConnectAsync();

        Assert.Equal(ReplyCode.NetworkUnreachable, (await socks.AskAsync(SocksCommand.Connect, Literal("192.0.2.80", 80))).Code);
        socks.Dispose();
        Assert.Equal("chain way, hop 2, connect: no other member of the cluster has the role exit", (await entry.NextRecordAsync()).Reason);
    }
}
