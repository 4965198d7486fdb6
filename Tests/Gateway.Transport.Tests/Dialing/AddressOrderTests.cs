namespace Gateway.Transport.Tests;

/// <summary>The examples of RFC 6724 §10.2, as far as its rules are ours.</summary>
public class AddressOrderTests
{
    [Theory]
    [InlineData("2001:db8:1::1>2001:db8:1::2 198.51.100.121>169.254.13.78", "2001:db8:1::1 198.51.100.121")]
    [InlineData("2001:db8:1::1>fe80::1 198.51.100.121>198.51.100.117", "198.51.100.121 2001:db8:1::1")]
    [InlineData("2001:db8:1::1>2001:db8:1::2 10.1.2.3>10.1.2.4", "2001:db8:1::1 10.1.2.3")]
    [InlineData("2001:db8:1::1>2001:db8:1::2 fe80::1>fe80::2", "fe80::1 2001:db8:1::1")]
    [InlineData("2001:db8:1::1>2001:db8:1::2 2002:c633:6401::1>2001:db8:1::2", "2001:db8:1::1 2002:c633:6401::1")]
    [InlineData("2002:c633:6401::1>2002:c633:6401::2 2001:db8:1::1>fe80::2", "2002:c633:6401::1 2001:db8:1::1")]
    public void Destinations_are_tried_in_the_order_of_the_rfc(string pairs, string expected)
    {
        var sources = pairs.Split(' ').Select(pair => pair.Split('>')).ToDictionary(pair => Parse(pair[0]), pair => Parse(pair[1]));
        foreach (var input in new[] { sources.Keys.ToList(), sources.Keys.Reverse().ToList() })
            Assert.Equal(expected.Split(' ').Select(Parse), AddressOrder.Sort(input, address => sources[address]));
    }

    [Fact]
    public void What_cannot_be_reached_comes_last()
    {
        var (there, notThere) = (Parse("198.51.100.1"), Parse("2001:db8::1"));
        Assert.Equal([there, notThere], AddressOrder.Sort([notThere, there], address => address == there ? Parse("10.0.0.1") : default));
    }

    [Fact]
    public void Equals_stay_as_they_came()
    {
        IpEndpoint[] addresses = [Parse("198.51.100.3"), Parse("198.51.100.1"), Parse("198.51.100.2")];
        Assert.Equal(addresses, AddressOrder.Sort(addresses, _ => Parse("198.51.100.9")));
    }

    [Fact]
    public void The_kernel_reaches_loopback_from_loopback() =>
        Assert.True(AddressOrder.KernelSource(IpEndpoint.LoopbackV4).SameAddress(IpEndpoint.LoopbackV4));

    private static IpEndpoint Parse(string address) => IpEndpoint.From(Protocol.IpLiteral.Parse(address), 0);
}
