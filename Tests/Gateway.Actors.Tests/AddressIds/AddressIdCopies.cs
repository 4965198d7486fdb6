using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Tests.AddressIds;

/// <summary>What other members may say.</summary>
internal static class AddressIdCopies
{
    public static AddressIdCopy Of(string user, uint realId, string name, AddressIdStanding standing = AddressIdStanding.Living) =>
        Of(AddressIdOwner.Of(user, default), realId, SocksAddress.FromName(name), standing);

    public static AddressIdCopy Of(IpLiteral client, uint realId, IpLiteral target, AddressIdStanding standing = AddressIdStanding.Living) =>
        Of(AddressIdOwner.Of(null, client), realId, target, standing);

    private static AddressIdCopy Of(AddressIdOwner owner, uint realId, SocksAddress target, AddressIdStanding standing) =>
        new(new(owner, new(realId), target), standing, TimeSpan.Zero);
}
