namespace Gateway.Protocol.Tests.Addresses;

public class FamilyWishTests
{
    [Theory]
    [InlineData(FamilyWish.Any, true, true, IpFamily.None)]
    [InlineData(FamilyWish.Ipv4, true, false, IpFamily.V4)]
    [InlineData(FamilyWish.Ipv6, false, true, IpFamily.V6)]
    [InlineData(FamilyWish.PreferIpv4, true, true, IpFamily.V4)]
    [InlineData(FamilyWish.PreferIpv6, true, true, IpFamily.V6)]
    public void Wish_says_which_families_may_be_used_and_which_comes_first(FamilyWish wish, bool ipv4, bool ipv6, IpFamily first)
    {
        Assert.Equal((ipv4, ipv6, first), (wish.Allows(IpFamily.V4), wish.Allows(IpFamily.V6), wish.Preferred));
        Assert.False(wish.Allows(IpFamily.None));
    }
}
