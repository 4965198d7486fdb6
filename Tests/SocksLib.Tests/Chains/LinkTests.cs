using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>What a chain that stands hands over.</summary>
public class LinkTests
{
    [Fact]
    public void The_link_has_the_reply_of_the_last_hop()
    {
        var lab = new ChainLab().Members("a1", "b1");
        lab["b1"].Bound = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse("192.0.2.77"), 777));
        lab.Run();

        Assert.Equal(SocksReply.Success(lab["b1"].Bound), lab.Link!.Reply);
    }

    [Fact]
    public void Octets_behind_the_last_reply_stay_unread()
    {
        foreach (var segment in new[] { int.MaxValue, 1, 2, 7 })
        {
            var lab = new ChainLab { Network = new VirtualNetwork { SegmentSize = segment } }.Members("a1").Strangers("b1");
            lab["b1"].Banner = "220 ready\r\n"u8.ToArray();
            lab.Run();

            Assert.Equal("220 ready\r\n"u8, lab.Link!.Channel.Unread);
        }
    }

    [Fact]
    public void The_link_says_when_each_hop_answered()
    {
        var lab = new ChainLab().Members("a1", "b1", "c1");
        lab["b1"].Delays(ChainPhase.Greeting, 100);
        lab.Run();

        // a1: TCP, greeting there and back. b1: its TCP, then one leg more each way, and what it waits. c1: the same again.
        Assert.Equal([40, 180, 220], lab.Link!.Hops.Select(hop => hop.Answered.TotalMilliseconds));
        Assert.Equal(["here to a1: Alive", "a1 to b1: Alive", "b1 to c1: Alive"], lab.Reports);
        Assert.Equal(lab.Link.Hops.Select(hop => hop.Answered), lab.Pools.Select(pool => pool.Took.Single()));
    }

    [Fact]
    public void Octets_flow_both_ways_when_it_stands()
    {
        // The destination is a SOCKS server again, one that is no hop of this chain.
        var beyond = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.Parse("10.2.0.2"), 1080));
        var lab = new ChainLab { Request = new SocksRequest(SocksCommand.Connect, RequestFlags.None, beyond) }.Members("a1", "b1 b2");
        lab.Run();
        var heard = new Listener();
        lab.Link!.Channel.Handler = heard;
        lab.Link.Channel.Send([5, 1, 0]);
        lab.Network.RunUntil(() => false);

        Assert.Equal([5, 0], heard.Octets);
    }

    [Theory]
    [InlineData(SocksCommand.Connect)]
    [InlineData(SocksCommand.Bind)]
    [InlineData(SocksCommand.UdpAssociate)]
    [InlineData(SocksCommand.AddressAssociate)]
    public void Every_command_goes_to_the_last_hop(SocksCommand command)
    {
        var request = new SocksRequest(command, RequestFlags.DestinationFamily, new SocksEndpoint(SocksAddress.FromName("example.com"), 1));
        var lab = new ChainLab { Request = request }.Members("a1").Strangers("b1").Members("c1").Run();

        Assert.Equal(["a1 b1 c1"], lab.Arrivals);
    }

    [Fact]
    public void A_server_that_asks_for_no_password_is_told_none()
    {
        var lab = new ChainLab();
        lab.Add("a1", takesOneFlight: false, HopLogin.Password("u", "secret"));
        lab.Run();

        Assert.Equal("a1", lab.Way);
        Assert.DoesNotContain("secret", lab.Network.Channels[0].Sent.Select(sent => System.Text.Encoding.UTF8.GetString(sent.Octets)));
        Assert.Equal(2, lab.Network.Channels[0].Sent.Count);
    }

    [Fact]
    public void A_server_that_asks_for_a_password_gets_it()
    {
        var lab = new ChainLab();
        lab.Add("a1", takesOneFlight: false, HopLogin.Password("u", "p")).Knows = new PasswordRequest("u", "p");
        lab.Run();

        Assert.Equal("a1", lab.Way);
        Assert.Equal(3, lab.Network.Channels[0].Sent.Count);
    }

    private sealed class Listener : IChannelHandler
    {
        public List<byte> Octets { get; } = [];

        public void OnReadable(IChannel channel)
        {
            Octets.AddRange(channel.Unread.ToArray());
            channel.Consume(channel.Unread.Length);
        }

        public void OnEnded(IChannel channel, string cause) { }
    }
}
