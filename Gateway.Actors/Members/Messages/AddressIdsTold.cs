using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Members;

/// <summary>
/// What the sender knows of ADDRESS IDs; answered by <see cref="AddressIdsHeld"/>.
/// <code>
/// NUMBER(8) COUNT(1) then for each: STANDING(1) IS-USER(1) OWNER REALID(4) ATYP(1) TARGET AGE(8, ms)
/// OWNER and TARGET: LENGTH(1) and octets
/// </code>
/// </summary>
/// <param name="Number">Named by the answer.</param>
/// <param name="Copies">At most <see cref="MostCopies"/>.</param>
internal sealed record AddressIdsTold(long Number, IReadOnlyList<AddressIdCopy> Copies) : IMemberMessage
{
    /// <summary>So that a message of the longest names stays below 128,000 octets.</summary>
    public const int MostCopies = 100;

    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<AddressIdsTold>("address-ids-told.1", Write, Read);

    private static void Write(AddressIdsTold told, OctetWriter writer)
    {
        writer.Int64(told.Number);
        writer.List(told.Copies.Take(MostCopies), copy =>
        {
            var (owner, target) = (copy.Entry.Owner, copy.Entry.Target);
            writer.Byte((byte)copy.Standing);
            writer.Flag(owner.User is not null);
            if (owner.User is { } user)
                writer.Text(user);
            else
                writer.Octets(SocksAddress.From(owner.Client).Octets);
            writer.Int32((int)copy.Entry.Id.RealId);
            writer.Byte((byte)target.Type);
            writer.Octets(target.Octets);
            writer.Int64((long)copy.Age.TotalMilliseconds);
        });
    }

    private static AddressIdsTold Read(ref OctetReader reader)
    {
        var number = reader.Int64();
        var copies = reader.List(ReadOne);
        return copies.Length <= MostCopies ? new(number, copies) : throw new FormatException($"{copies.Length} copies at once");
    }

    private static AddressIdCopy ReadOne(ref OctetReader reader)
    {
        var standing = reader.Byte();
        if (standing > (byte)AddressIdStanding.Withdrawn)
            throw new FormatException($"{standing} is no standing");
        var owner = ReadOwner(ref reader);
        var realId = reader.Int32();
        if (realId is <= 0 or > (int)AddressId.MaxRealId)
            throw new FormatException($"{realId} is no REALID");
        var target = ReadTarget(ref reader);
        var age = reader.Int64();
        return age is >= 0 and < int.MaxValue
            ? new(new(owner, new((uint)realId), target), (AddressIdStanding)standing, TimeSpan.FromMilliseconds(age))
            : throw new FormatException("an age out of reason");
    }

    private static AddressIdOwner ReadOwner(ref OctetReader reader)
    {
        if (!reader.Flag())
            return AddressIdOwner.Of(null, ReadIp(ref reader));
        return reader.Text() is { Length: > 0 } user ? AddressIdOwner.Of(user, default) : throw new FormatException("a user without a name");
    }

    private static SocksAddress ReadTarget(ref OctetReader reader)
    {
        var type = (AddressType)reader.Byte();
        if (type != AddressType.DomainName)
            return ReadIp(ref reader) is var ip && SocksAddress.From(ip) is var literal && literal.Type == type ? literal : throw new FormatException("not an address of its type");
        try
        {
            return SocksAddress.FromName(reader.Octets()).LiteralIfNamed;
        }
        catch (ArgumentException e)
        {
            throw new FormatException("not a name", e);
        }
    }

    private static IpLiteral ReadIp(ref OctetReader reader) =>
        reader.Octets() is { Length: 4 or 16 } octets ? IpLiteral.FromOctets(octets) : throw new FormatException("not an address");
}
