namespace Gateway.Actors.Members;

/// <summary>The sender has its copies. <code>NUMBER(8) COUNT(1) INDEX(1)…</code></summary>
/// <param name="Number">Of the <see cref="AddressIdsTold"/> that is answered.</param>
/// <param name="Refused">Places in it of the IDs that mean something else to the sender.</param>
internal sealed record AddressIdsHeld(long Number, IReadOnlyList<byte> Refused) : IMemberMessage
{
    public static MemberMessageCodec Codec { get; } = MemberMessageCodec.Of<AddressIdsHeld>("address-ids-held.1", Write, Read);

    private static void Write(AddressIdsHeld held, OctetWriter writer)
    {
        writer.Int64(held.Number);
        writer.List(held.Refused, writer.Byte);
    }

    private static AddressIdsHeld Read(ref OctetReader reader)
    {
        var number = reader.Int64();
        return new(number, reader.List(static (ref OctetReader from) => from.Byte()));
    }
}
