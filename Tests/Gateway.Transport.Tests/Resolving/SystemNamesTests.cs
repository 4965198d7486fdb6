using Gateway.Protocol;

namespace Gateway.Transport.Tests;

public class SystemNamesTests
{
    private readonly SystemNames _names = new();

    [Fact]
    public void The_hosts_file_knows_localhost() =>
        Assert.Contains(IpEndpoint.LoopbackV4, _names.Lookup("localhost", IpFamily.V4).Addresses);

    [Theory]
    [InlineData("192.0.2.1", IpFamily.V4, "192.0.2.1:0")]
    [InlineData("2001:db8::1", IpFamily.V6, "[2001:db8::1]:0")]
    public void A_literal_is_its_own_address(string name, IpFamily family, string address) =>
        Assert.Equal([IpEndpoint.Parse(address)], _names.Lookup(name, family).Addresses);

    [Fact]
    public void A_literal_has_no_address_of_the_other_family() =>
        Assert.Equal(ResolveStatus.NotFound, _names.Lookup("192.0.2.1", IpFamily.V6).Status);

    [Fact]
    public void The_loopback_address_has_a_name()
    {
        var result = _names.Reverse(IpEndpoint.LoopbackV4);
        Assert.Equal(ResolveStatus.Found, result.Status);
        Assert.NotEmpty(result.Name!);
    }
}
