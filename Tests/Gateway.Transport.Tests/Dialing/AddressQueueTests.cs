using Gateway.Protocol;

namespace Gateway.Transport.Tests;

public class AddressQueueTests
{
    private static readonly string[] s_v4 = ["198.51.100.1:1", "198.51.100.2:1", "198.51.100.3:1"];
    private static readonly string[] s_v6 = ["[2001:db8::1]:1", "[2001:db8::2]:1"];

    [Theory]
    [InlineData(FamilyWish.Any, "6464 4")]
    [InlineData(FamilyWish.PreferIpv6, "6464 4")]
    [InlineData(FamilyWish.PreferIpv4, "4646 4")]
    public void Families_take_turns(FamilyWish wish, string expected)
    {
        var queue = Make(wish);
        queue.Add([.. s_v4.Select(IpEndpoint.Parse)]);
        queue.Add([.. s_v6.Select(IpEndpoint.Parse)]);
        var families = "";
        while (!queue.IsEmpty)
            families += (int)queue.Take().Family;
        Assert.Equal(expected.Replace(" ", ""), families);
    }

    [Fact]
    public void An_address_that_joins_late_gets_its_familys_turn()
    {
        var queue = Make(FamilyWish.Any);
        queue.Add([.. s_v4.Select(IpEndpoint.Parse)]);
        Assert.Equal(IpFamily.V4, queue.Take().Family);
        queue.Add([.. s_v6.Select(IpEndpoint.Parse)]);
        Assert.Equal(IpFamily.V6, queue.Take().Family);
        Assert.Equal(IpFamily.V4, queue.Take().Family);
    }

    private static AddressQueue Make(FamilyWish wish) =>
        new(wish, address => address.Family == IpFamily.V4 ? IpEndpoint.Parse("198.51.100.99:0") : IpEndpoint.Parse("[2001:db8::99]:0"));
}
