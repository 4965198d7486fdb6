using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Akka.Actor;
using Gateway.Actors.Access;
using Gateway.Actors.AddressIds;
using Gateway.Actors.Members;
using Gateway.Actors.Tests.Associations;
using Gateway.Actors.Tests.Fakes;
using Gateway.Actors.Tests.Members;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.AddressIds;

/// <summary>IDs that are obtained at one gateway and used at another.</summary>
public class SurvivingIdTests
{
    private const SocksCommand Associate = SocksCommand.AddressAssociate;

    private static readonly string Users = $$"""
        users {
          alice { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" }
          bob { password = "{{PasswordHash.Create("s3cret"u8, PasswordHash.LeastIterations).Reveal()}}" }
        }
        listeners = [{ address = "127.0.0.1:0", auth = [password] }, { address = "[::1]:0", auth = [password] }]

        """;

    [Fact]
    public async Task Id_obtained_at_a_gateway_that_is_killed_is_good_at_another_for_its_user_and_nobody_else()
    {
        var hosts = TestMember.Hosts(2);
        await using var b = await ClusterMate.StartAsync("b", hosts[1], hosts[0], Users);
        b.Names.Add("echo.test", V6);
        using var echo = new EchoServer(IPAddress.IPv6Loopback);
        AddressId id;
        await using (var a = await ClusterMate.StartAsync("a", hosts[0], hosts[0], Users))
        {
            await ClusterMate.Meet(a, b);
            using (var socks = await LogInAsync(a, "alice"))
                id = (await socks.RequestAsync(Associate, Named("echo.test", 0))).Id();
            await b.HasIds(1);
            await a.KillMemberAsync();
        }

        using var alice = await LogInAsync(b, "alice");
        Assert.Equal(ReplyCode.Succeeded, (await alice.RequestAsync(SocksCommand.Connect, To(id, echo.Endpoint.Port))).Code);
        await alice.EchoAsync([1, 2, 3]);
        using var bob = await LogInAsync(b, "bob");
        Assert.Equal(ReplyCode.InvalidAddress, (await bob.RequestAsync(SocksCommand.Connect, To(id, echo.Endpoint.Port))).Code);
    }

    [Fact]
    public async Task Without_a_login_the_id_is_the_client_addresss_and_good_in_the_header_of_a_datagram()
    {
        var hosts = TestMember.Hosts(2);
        await using var b = await ClusterMate.StartAsync("b", hosts[1], hosts[0]);
        b.Names.Add("there.test", V4);
        using var there = new UdpPeer(IPAddress.Loopback);
        AddressId id;
        await using (var a = await ClusterMate.StartAsync("a", hosts[0], hosts[0]))
        {
            await ClusterMate.Meet(a, b);
            id = await GetIdAsync(a, "there.test");
            await b.HasIds(1);
            await a.KillMemberAsync();
        }

        using var udp = await UdpClient.AssociateAsync(b, V4);
        await udp.SendAsync(To(id, there.Endpoint.Port), "question");
        var (octets, outer) = await there.ReceiveAsync();
        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        await there.SendAsync("answer"u8.ToArray(), outer);
        Assert.Equal((To(id, there.Endpoint.Port), "answer"), await udp.ReceiveAsync());

        using var other = await b.ConnectAsync(IPAddress.IPv6Loopback);
        Assert.Equal(ReplyCode.InvalidAddress, (await other.AskAsync(Associate, To(id, 0))).Code);
    }

    [Fact]
    public async Task Same_target_has_the_same_id_at_every_gateway()
    {
        var hosts = TestMember.Hosts(3);
        await using var a = await ClusterMate.StartAsync("a", hosts[0], hosts[0]);
        await using var b = await ClusterMate.StartAsync("b", hosts[1], hosts[0]);
        await using var c = await ClusterMate.StartAsync("c", hosts[2], hosts[0]);
        await ClusterMate.Meet(a, b, c);

        var id = await GetIdAsync(a, "example.com");
        await b.HasIds(1);
        await c.HasIds(1);

        Assert.Equal(id, await GetIdAsync(b, "example.com"));
        Assert.Equal(id, await GetIdAsync(c, "example.com"));
        await c.HasAddressIdsAsync(true);
    }

    [Fact]
    public async Task Gateway_that_joins_later_gets_all_ids_and_so_does_one_that_is_born_again()
    {
        var hosts = TestMember.Hosts(2);
        await using var a = await ClusterMate.StartAsync("a", hosts[0], hosts[0]);
        for (var host = 0; host < 120; host++)
            await GetIdAsync(a, $"h{host}.test");
        await using var b = await ClusterMate.StartAsync("b", hosts[1], hosts[0]);
        await b.HasIds(120);

        await b.BreakMemberAsync();
        var there = await GetIdAsync(a, "meanwhile.test");
        var here = await GetIdAsync(b, "alone.test");
        await b.HasIds(122);
        await a.HasIds(122);
        Assert.Equal(there, await GetIdAsync(b, "meanwhile.test"));
        Assert.Equal(here, await GetIdAsync(a, "alone.test"));
    }

    [Fact]
    public async Task Use_at_one_gateway_keeps_the_id_alive_at_the_other()
    {
        var time = new FakeTime();
        var hosts = TestMember.Hosts(2);
        await using var a = await ClusterMate.StartAsync("a", hosts[0], hosts[0], time: time);
        await using var b = await ClusterMate.StartAsync("b", hosts[1], hosts[0], time: time);
        await ClusterMate.Meet(a, b);
        var id = await GetIdAsync(a, "example.com");
        await b.HasIds(1);

        for (var use = 0; use < 3; use++)
        {
            time.Advance(TimeSpan.FromMinutes(9));
            Assert.Equal(ReplyCode.Succeeded, await UseAsync(b, id));
            await Eventually.Holds(
                () => a.Host.Status.AddressIds() is [{ Unused: var unused }] && unused == TimeSpan.Zero, () => "the use is not heard of");
        }

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(ReplyCode.Succeeded, await UseAsync(a, id));
    }

    [Theory]
    [InlineData(Associate)]
    [InlineData(SocksCommand.ConnectWithId)]
    [InlineData(SocksCommand.BindWithId)]
    [InlineData(SocksCommand.UdpAssociateWithId)]
    public async Task Member_that_never_answers_holds_no_client_up(SocksCommand command)
    {
        var hosts = TestMember.Hosts(2);
        await using var silent = TestMember.Start("silent", hosts[0], new TestMemberTerms(hosts[0]));
        await using var a = await ClusterMate.StartAsync("a", hosts[1], hosts[0]);
        await Eventually.Holds(() => a.Host.Topology.Current.Others.Any(member => member.IsReachable), () => "the silent member is not seen");
        using var echo = new EchoServer(IPAddress.Loopback);
        using var socks = await a.ConnectAsync();

        var reply = await socks.AskAsync(command, Literal(V4, command == Associate ? 0 : echo.Endpoint.Port));

        var id = reply.Id();
        if (command == SocksCommand.ConnectWithId)
            await socks.EchoAsync([1, 2, 3]);
        Assert.Equal(id, (await AskAsync(a, Literal(V4, 0))).Id());
    }

    [Fact]
    public async Task Refused_id_is_replaced_before_the_client_hears_of_it()
    {
        var hosts = TestMember.Hosts(2);
        var refused = new ConcurrentDictionary<AddressId, bool>();
        await using var stubborn = TestMember.Start("stubborn", hosts[0], new TestMemberTerms(hosts[0]));
        await Eventually.Holds(() => stubborn.Membership.Life is not null, () => "it has not begun");
        stubborn.Membership.Life!.ActorOf(Props.Create(() => new Stubborn(refused)), AddressIdCopiesActor.Name);
        await using var a = await ClusterMate.StartAsync("a", hosts[1], hosts[0]);
        await Eventually.Holds(() => a.Host.Topology.Current.Others.Any(member => member.IsReachable), () => "the stubborn member is not seen");

        // On a busy machine some answers come after 50 ms.
        var asked = 0;
        AddressId id = default;
        await Eventually.Holds(
            async () => !refused.ContainsKey(id = await GetIdAsync(a, $"h{asked++}.test")) && !refused.IsEmpty, () => $"none of {asked} refused IDs was replaced");

        Assert.Equal(ReplyCode.Succeeded, await UseAsync(a, id));
    }

    [Fact]
    public async Task Client_that_leaves_while_the_copies_are_waited_for_leaves_nothing_behind()
    {
        var hosts = TestMember.Hosts(2);
        await using var silent = TestMember.Start("silent", hosts[0], new TestMemberTerms(hosts[0]));
        await using var a = await ClusterMate.StartAsync("a", hosts[1], hosts[0]);
        await Eventually.Holds(() => a.Host.Topology.Current.Others.Any(member => member.IsReachable), () => "the silent member is not seen");
        using var echo = new EchoServer(IPAddress.Loopback);
        for (var client = 0; client < 20; client++)
        {
            using var socks = await a.ConnectAsync(client % 2 == 0 ? IPAddress.Loopback : IPAddress.IPv6Loopback);
            await socks.GreetAsync(AuthMethod.NoAuthentication);
            await socks.SendAsync(new SocksRequest(SocksCommand.ConnectWithId, 0, Literal(V4, echo.Endpoint.Port)));
            socks.Socket.LingerState = new(true, 0);
        }
        await a.HasSessionsAsync(0);
        await a.HasSocketsAsync(0);
    }

    private static async Task<SocksTestClient> LogInAsync(TestGateway gateway, string user)
    {
        var socks = await gateway.ConnectAsync();
        Assert.True(await socks.LogInAsync(user, "s3cret"));
        return socks;
    }

    private static SocksEndpoint To(AddressId id, int port) => new(SocksAddress.From(id), (ushort)port);

    private static async Task<AddressId> GetIdAsync(TestGateway gateway, string name) => (await AskAsync(gateway, Named(name, 0))).Id();

    private static async Task<ReplyCode> UseAsync(TestGateway gateway, AddressId id) => (await AskAsync(gateway, To(id, 0))).Code;

    private static async Task<SocksReply> AskAsync(TestGateway gateway, SocksEndpoint target)
    {
        using var socks = await gateway.ConnectAsync();
        return await socks.AskAsync(Associate, target);
    }

    /// <summary>A member that knows the first ID of each target for something else.</summary>
    private sealed class Stubborn(ConcurrentDictionary<AddressId, bool> refused) : UntypedActor
    {
        private readonly HashSet<SocksAddress> _known = [];

        protected override void OnReceive(object message)
        {
            if (message is not AddressIdsTold told)
                return;
            var answer = new List<byte>();
            for (var i = 0; i < told.Copies.Count; i++)
            {
                var copy = told.Copies[i];
                if (copy.Standing != AddressIdStanding.New || !_known.Add(copy.Entry.Target))
                    continue;
                refused[copy.Entry.Id] = true;
                answer.Add((byte)i);
            }
            Sender.Tell(new AddressIdsHeld(told.Number, answer), Self);
        }
    }
}
