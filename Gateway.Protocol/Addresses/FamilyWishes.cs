namespace Gateway.Protocol;

/// <summary>What a <see cref="FamilyWish"/> allows.</summary>
public static class FamilyWishes
{
    /// <summary>Whether an address of <paramref name="family"/> may be used at all.</summary>
    public static bool Allows(this FamilyWish wish, IpFamily family) => wish switch
    {
        FamilyWish.Ipv4 => family == IpFamily.V4,
        FamilyWish.Ipv6 => family == IpFamily.V6,
        _ => family != IpFamily.None,
    };

    extension(FamilyWish wish)
    {
        /// <summary>The family that comes first; none where RFC 6724 decides.</summary>
        public IpFamily Preferred => wish switch
        {
            FamilyWish.Ipv4 or FamilyWish.PreferIpv4 => IpFamily.V4,
            FamilyWish.Ipv6 or FamilyWish.PreferIpv6 => IpFamily.V6,
            _ => IpFamily.None,
        };
    }
}
