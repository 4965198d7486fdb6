using System.Net;
using System.Text;
using Gateway.Actors.Tests.Fakes;
using Gateway.Protocol;
using Testing;

namespace Gateway.Actors.Tests.Associations;

public class FragmentTests
{
    private const byte Last = UdpHeader.LastFragment;

    [Theory]
    [InlineData("1:he 2:l 3!:lo", "hello")]
    [InlineData("1!:hello", "hello")]
    [InlineData("1:he 1:HE 2!:llo", "hello")]
    [InlineData("1:lost 3!:lost 1:he 2!:llo", "hello")]
    [InlineData("1:lost 2:lost 1:he 2!:llo", "hello")]
    [InlineData("2!:lost 1:he 2!:llo", "hello")]
    [InlineData("1:lost 0:hello 2!:lost", "hello")]
    public async Task Fragments_are_put_together_or_given_up_as_RFC_1928_says(string sent, string arrives)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4);

        foreach (var fragment in sent.Split(' '))
        {
            var (position, data) = (fragment.Split(':')[0], fragment.Split(':')[1]);
            var number = byte.Parse(position.TrimEnd('!'));
            await udp.SendAsync(there.Endpoint, data, position.EndsWith('!') ? (byte)(number | Last) : number);
        }
        await udp.SendAsync(there.Endpoint, "end");

        Assert.Equal(arrives, await ReadAsync(there));
        Assert.Equal("end", await ReadAsync(there));
    }

    [Fact]
    public async Task Other_destination_in_mid_sequence_begins_another()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var there = new UdpPeer(IPAddress.Loopback);
        using var elsewhere = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4);

        await udp.SendAsync(there.Endpoint, "lost", 1);
        await udp.SendAsync(elsewhere.Endpoint, "he", 1);
        await udp.SendAsync(elsewhere.Endpoint, "llo", 2 | Last);

        Assert.Equal("hello", await ReadAsync(elsewhere));
    }

    [Fact]
    public async Task Sequence_that_takes_too_long_is_given_up()
    {
        var time = new FakeTime();
        await using var gateway = await TestGateway.StartAsync(time: time);
        using var there = new UdpPeer(IPAddress.Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4, flags: RequestFlags.InterfaceRequest);

        await udp.SendAsync(there.Endpoint, "lost", 1);
        // The loop answers this after the fragment, which is there already.
        await udp.AskAsync(ControlRequest.InterfaceData, SocksEndpoint.From(there.Endpoint));
        time.Advance(FragmentAssembler.MinTimeout);
        await udp.SendAsync(there.Endpoint, "lost", 2 | Last);
        await udp.SendAsync(there.Endpoint, "end");

        Assert.Equal("end", await ReadAsync(there));
    }

    [Fact]
    public async Task Fragments_to_a_name_arrive_together_when_it_is_resolved()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Names.Add("there.test", Families.V6);
        using var there = new UdpPeer(IPAddress.IPv6Loopback);
        using var udp = await UdpClient.AssociateAsync(gateway, Families.V4);
        var name = Families.Named("there.test", there.Endpoint.Port);

        await udp.SendAsync(name, "he", 1);
        await udp.SendAsync(name, "llo", 2 | Last);

        Assert.Equal("hello", await ReadAsync(there));
    }

    private static async Task<string> ReadAsync(UdpPeer there) => Encoding.ASCII.GetString((await there.ReceiveAsync()).Octets);
}
