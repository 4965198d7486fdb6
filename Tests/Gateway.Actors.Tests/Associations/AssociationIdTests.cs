using System.Net;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;
using static Gateway.Actors.Tests.Fakes.Families;

namespace Gateway.Actors.Tests.Associations;

/// <summary>ADDRESS IDs in the headers of datagrams.</summary>
public class AssociationIdTests
{
    [Theory]
    [InlineData(V4)]
    [InlineData(V6)]
    public async Task Remote_addressed_by_id_answers_under_the_id(string remote)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", remote);
        using var there = new UdpPeer(IPAddress.Parse(remote));
        using var udp = await UdpClient.AssociateAsync(gateway, V4, Named("there.test", there.Endpoint.Port), command: SocksCommand.UdpAssociateWithId);
        var to = new SocksEndpoint(udp.Reply.Bound.Address, (ushort)there.Endpoint.Port);

        await udp.SendAsync(to, "question");
        var (octets, outer) = await there.ReceiveAsync();
        Assert.Equal("question", Encoding.ASCII.GetString(octets));
        await there.SendAsync("answer"u8.ToArray(), outer);

        Assert.Equal((to, "answer"), await udp.ReceiveAsync());
    }

    [Fact]
    public async Task Header_of_the_answer_follows_the_last_question()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, SocksEndpoint.From(there.Endpoint), command: SocksCommand.UdpAssociateWithId);
        var id = new SocksEndpoint(udp.Reply.Bound.Address, (ushort)there.Endpoint.Port);

        foreach (var to in new[] { id, SocksEndpoint.From(there.Endpoint), id })
        {
            await udp.SendAsync(to, "question");
            await there.SendAsync("answer"u8.ToArray(), (await there.ReceiveAsync()).From);
            Assert.Equal((to, "answer"), await udp.ReceiveAsync());
        }
    }

    [Fact]
    public async Task Unknown_id_is_dropped_in_silence()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4);

        await udp.SendAsync(new SocksEndpoint(SocksAddress.From(new AddressId(0xA1B2C3)), (ushort)there.Endpoint.Port), "lost");
        await udp.SendAsync(there.Endpoint, "arrives");

        Assert.Equal("arrives", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
    }

    [Fact]
    public async Task One_wrong_datagram_is_one_wrong_guess()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, SocksEndpoint.From(there.Endpoint), command: SocksCommand.UdpAssociateWithId);
        udp.Reply.Bound.Address.TryGetId(out var id);
        for (var guess = 1; guess < new Gateway.Actors.Access.GuessThrottle().Free; guess++)
            await udp.SendAsync(new SocksEndpoint(SocksAddress.From(new AddressId(id.RealId ^ 1)), 53), "lost", fragment: (byte)(guess % 2 == 0 ? 0 : 0x81));

        await udp.SendAsync(new SocksEndpoint(SocksAddress.From(id), (ushort)there.Endpoint.Port), "arrives");

        Assert.Equal("arrives", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
    }

    [Fact]
    public async Task Id_does_not_end_while_an_association_uses_it()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(time: time);
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, V4, SocksEndpoint.From(there.Endpoint), command: SocksCommand.UdpAssociateWithId);
        var to = new SocksEndpoint(udp.Reply.Bound.Address, (ushort)there.Endpoint.Port);
        await udp.SendAsync(to, "one");
        await there.ReceiveAsync();

        time.Advance(TimeSpan.FromHours(1));
        await udp.SendAsync(to, "two");

        Assert.Equal("two", Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets));
        using var socks = await gateway.ConnectAsync();
        Assert.Equal(udp.Reply.Id(), (await socks.AskAsync(SocksCommand.AddressAssociate, new SocksEndpoint(udp.Reply.Bound.Address, 0))).Id());
    }
}
