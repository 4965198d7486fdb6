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
}
