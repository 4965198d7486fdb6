using System.Net;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Associations;

public class UdpAssociationTests
{
    public static TheoryData<string, string> AllFamilies => Families.All;

    [Theory]
    [MemberData(nameof(AllFamilies))]
    public async Task Datagrams_of_every_family_reach_every_family_and_come_back(string client, string remote)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Parse(remote));
        using var udp = await UdpClient.AssociateAsync(gateway, client);
        Assert.Equal(IPAddress.Parse(client), udp.Reply.Bound.Ip());

        await udp.SendAsync(there.Endpoint, "question");
        await AnswerAsync(there, "question", "answer");

        Assert.Equal((SocksEndpoint.From(there.Endpoint), "answer"), await udp.ReceiveAsync());
    }

    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Names_are_resolved_and_datagrams_wait_for_it(string remote)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("dns.test", remote);
        gateway.Names.Wait();
        using var there = new UdpPeer(IPAddress.Parse(remote));
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        var name = Named("dns.test", there.Endpoint.Port);

        await udp.SendAsync(name, "one");
        await udp.SendAsync(name, "two");
        gateway.Names.GoOn();
        await AnswerAsync(there, "one", "1");
        await AnswerAsync(there, "two", "2");

        Assert.Equal((SocksEndpoint.From(there.Endpoint), "1"), await udp.ReceiveAsync());
        Assert.Equal((SocksEndpoint.From(there.Endpoint), "2"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task First_source_is_the_client_and_no_other_port_is()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var stranger = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        var to = SocksEndpoint.From(there.Endpoint);

        await udp.SendAsync(to, "mine");
        Assert.Equal("mine", await ReadAsync(there));
        await udp.SendAsync(stranger, to, "stranger's");
        await udp.SendAsync(to, "mine too");

        Assert.Equal("mine too", await ReadAsync(there));
    }

    [Fact]
    public async Task Another_host_is_not_the_client()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var stranger = new UdpPeer(IPAddress.Parse("127.0.0.2"));
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        var to = SocksEndpoint.From(there.Endpoint);

        await udp.SendAsync(stranger, to, "stranger's");
        await udp.SendAsync(to, "mine");

        Assert.Equal("mine", await ReadAsync(there));
    }

    [Fact]
    public async Task Announced_port_is_the_only_one()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var announced = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, SocksEndpoint.From(announced.Endpoint));
        var to = SocksEndpoint.From(there.Endpoint);

        await udp.SendAsync(to, "from another port");
        await udp.SendAsync(announced, to, "as announced");

        Assert.Equal("as announced", await ReadAsync(there));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0001 00 01 7F000001 0035")]
    [InlineData("0000 80 01 7F000001 0035 78")]
    [InlineData("0000 00 02 7F000001 0035 78")]
    [InlineData("0000 00 03 00 0035 78")]
    [InlineData("0000 00 01 7F0000")]
    [InlineData("0000 00 08 01A1B2C3 0035 78")]
    public async Task Rubbish_is_dropped_and_locks_nobody_in(string hex)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var client = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);

        await udp.SendRawAsync(hex);
        await udp.SendAsync(client, SocksEndpoint.From(there.Endpoint), "proper");

        Assert.Equal("proper", await ReadAsync(there));
    }

    [Fact]
    public async Task Remote_that_the_client_has_not_written_to_is_not_heard()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var stranger = new UdpPeer(IPAddress.Parse("127.0.0.2"));
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        await udp.SendAsync(there.Endpoint, "question");
        var (_, outer) = await there.ReceiveAsync();

        await stranger.SendAsync("spam"u8.ToArray(), outer);
        await there.SendAsync("answer"u8.ToArray(), outer);

        Assert.Equal("answer", (await udp.ReceiveAsync()).Data);
    }

    [Fact]
    public async Task Remote_may_answer_from_another_port()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var transfer = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        await udp.SendAsync(there.Endpoint, "RRQ");
        var (_, outer) = await there.ReceiveAsync();

        await transfer.SendAsync("DATA"u8.ToArray(), outer);

        Assert.Equal((SocksEndpoint.From(transfer.Endpoint), "DATA"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task Destination_that_the_rules_reject_gets_nothing()
    {
        await using var gateway = await TestGateway.StartAsync("""routes = [{ to = "127.0.0.2", via = reject }, { to = any, via = direct }]""");
        gateway.Names.Add("inside.test", "127.0.0.2");
        using var rejected = new UdpPeer(IPAddress.Parse("127.0.0.2"));
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);

        await udp.SendAsync(rejected.Endpoint, "by address");
        await udp.SendAsync(Named("inside.test", rejected.Endpoint.Port), "by name");
        await udp.SendAsync(there.Endpoint, "allowed");

        Assert.Equal("allowed", await ReadAsync(there));
        udp.Dispose();
        Assert.Equal("allowed".Length, (await gateway.NextRecordAsync()).Sent);
    }

    [Fact]
    public async Task Association_ends_with_its_connection_and_the_record_counts_octets()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        await udp.SendAsync(there.Endpoint, "question");
        await AnswerAsync(there, "question", "answer");
        await udp.ReceiveAsync();

        udp.Control.Dispose();

        var record = await gateway.NextRecordAsync();
        Assert.Equal((8L, 6L, "associate: the client left"), (record.Sent, record.Received, record.Reason));
        await gateway.HasSocketsAsync(0);
    }

    [Fact]
    public async Task Record_counts_the_datagrams_that_the_gateway_lost()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        await udp.SendAsync(Literal("255.255.255.255", 9), "the kernel takes no broadcast");
        await udp.SendAsync(there.Endpoint, "question");
        await there.ReceiveAsync();

        udp.Control.Dispose();

        Assert.Equal(1, (await gateway.NextRecordAsync()).Lost);
    }

    [Fact]
    public async Task Idle_association_ends_its_connection()
    {
        await using var gateway = await TestGateway.StartAsync("timeouts.udp-idle = 100ms");
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        Assert.Empty(await udp.Control.ReadToEndAsync());
        Assert.Equal("associate: idle", (await gateway.NextRecordAsync()).Reason);
    }

    [Fact]
    public async Task Command_that_the_rules_reject_is_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync("routes = [{ to = any, command = connect, via = direct }]");
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(ReplyCode.NotAllowed, (await socks.AskAsync(SocksCommand.UdpAssociate, SocksEndpoint.Unspecified)).Code);
    }

    [Fact]
    public async Task Advertised_address_is_the_one_in_the_reply()
    {
        await using var gateway = await TestGateway.StartAsync(
            """listeners = [{ address = "127.0.0.1:0", auth = [none], advertise = "192.0.2.1:1080" }]""");
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        Assert.Equal(IPAddress.Parse("192.0.2.1"), udp.Reply.Bound.Ip());
    }

    [Fact]
    public async Task Largest_datagrams_pass()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);
        var most = new string('x', FragmentAssembler.MaxDatagram - UdpHeader.Ipv4Length);

        await udp.SendAsync(there.Endpoint, most);
        await AnswerAsync(there, most, most);

        Assert.Equal(most, (await udp.ReceiveAsync()).Data);
    }

    private static async Task<string> ReadAsync(UdpPeer there) => Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets);

    private static async Task AnswerAsync(UdpPeer there, string question, string answer)
    {
        var (octets, from) = await there.ReceiveAsync();
        Assert.Equal(question, Encoding.ASCII.GetString(octets));
        await there.SendAsync(Encoding.ASCII.GetBytes(answer), from);
    }
}
