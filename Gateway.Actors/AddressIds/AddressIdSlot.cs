namespace Gateway.Actors.AddressIds;

/// <summary>An entry's place in the table, and how alive it is. Under the table's lock.</summary>
internal sealed class AddressIdSlot(AddressIdEntry entry)
{
    public AddressIdEntry Entry => entry;
    public TimeSpan LastUse { get; set; }
    public int Holders { get; set; }

    public bool IsOver(TimeSpan now, TimeSpan idle) => Holders == 0 && now - LastUse >= idle;
}
