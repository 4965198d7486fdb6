using System.Text;

namespace Gateway.Protocol.Tests.Udp;

public class FragmentAssemblerTests
{
    private const byte Last = UdpHeader.LastFragment;
    private static readonly SocksEndpoint Here = new(IpLiteral.Parse("192.0.2.10"), 53), There = new(IpLiteral.Parse("192.0.2.11"), 53);

    private readonly FragmentAssembler _assembler = new(maxOctets: 16);
    private TimeSpan _now = TimeSpan.FromHours(1);

    [Fact]
    public void Fragments_in_order_make_the_datagram()
    {
        Assert.Null(Accept(1, "ab"));
        Assert.Null(Accept(2, "cd"));
        Assert.Equal("abcde", Accept(3 | Last, "e"));
        Assert.False(_assembler.IsWaiting);
        Assert.Equal(0, _assembler.QueuedOctets);
    }

    [Fact]
    public void Sequence_of_127_fragments_is_whole()
    {
        var large = new FragmentAssembler();
        for (byte position = 1; position < 127; position++)
            Assert.False(large.TryAccept(new UdpHeader(position, Here), "x"u8, _now, out _));
        Assert.True(large.TryAccept(new UdpHeader(127 | Last, Here), "y"u8, _now, out var whole));
        Assert.Equal(127, whole.Length);
    }

    [Fact]
    public void Duplicate_is_ignored()
    {
        Accept(1, "ab");
        Assert.Null(Accept(1, "ab"));
        Assert.Equal("abcd", Accept(2 | Last, "cd"));
    }

    [Fact]
    public void Lower_number_abandons_the_queue_and_begins_the_next()
    {
        Accept(1, "ab");
        Accept(2, "cd");
        Assert.Null(Accept(1, "AB"));
        Assert.Equal("ABCD", Accept(2 | Last, "CD"));
    }

    [Fact]
    public void Lower_number_that_begins_nothing_leaves_nothing()
    {
        Accept(1, "ab");
        Accept(2, "cd");
        Accept(3, "ef");
        Assert.Null(Accept(2, "cd"));
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void Out_of_order_fragments_are_never_delivered()
    {
        Accept(2 | Last, "cd");
        Assert.Null(Accept(1, "ab"));
        Assert.Null(Accept(3 | Last, "ef"));
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void Standing_datagram_abandons_the_queue_and_is_delivered()
    {
        Accept(1, "ab");
        Assert.Equal("whole", Accept(0, "whole"));
        Assert.Null(Accept(2 | Last, "cd"));
    }

    [Fact]
    public void Other_destination_abandons_the_queue_and_begins_its_own()
    {
        Accept(1, "ab");
        Assert.Null(Accept(1, "xy", There));
        Assert.Equal("xyz", Accept(2 | Last, "z", There));
        Assert.Null(Accept(2 | Last, "cd"));
    }

    [Fact]
    public void Timer_abandons_the_queue()
    {
        Accept(1, "ab");
        _now += FragmentAssembler.MinTimeout;
        Assert.Null(Accept(2 | Last, "cd"));
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void Timer_runs_from_the_first_fragment_and_not_before_its_time()
    {
        Accept(1, "ab");
        _now += FragmentAssembler.MinTimeout - TimeSpan.FromMilliseconds(1);
        Assert.Equal("abcd", Accept(2 | Last, "cd"));

        Accept(1, "ab");
        _now += TimeSpan.FromSeconds(4);
        Accept(2, "cd");
        _now += TimeSpan.FromSeconds(1);
        _assembler.Expire(_now);
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void Queue_is_bounded_in_octets()
    {
        Accept(1, "0123456789");
        Accept(2, "012345");
        Assert.Equal(16, _assembler.QueuedOctets);
        Assert.Null(Accept(3 | Last, "6"));
        Assert.Equal(0, _assembler.QueuedOctets);
    }

    [Fact]
    public void Timer_below_five_seconds_is_against_the_rfc() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FragmentAssembler(timeout: TimeSpan.FromSeconds(4)));

    private string? Accept(int fragment, string data, SocksEndpoint? destination = null) =>
        _assembler.TryAccept(new UdpHeader((byte)fragment, destination ?? Here), Encoding.ASCII.GetBytes(data), _now, out var whole)
            ? Encoding.ASCII.GetString(whole)
            : null;
}
