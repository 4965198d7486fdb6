namespace Gateway.Actors.AddressIds;

/// <summary>An entry's place in the table, and how alive it is. Under the table's lock.</summary>
internal sealed class AddressIdSlot(AddressIdEntry entry)
{
    public AddressIdEntry Entry => entry;
    public TimeSpan LastUse { get; set; }
    public int Holders { get; set; }

    /// <summary>The last use that the other members know of.</summary>
    public TimeSpan Told { get; set; }

    /// <summary>It was given for two things, and is kept so that neither comes back.</summary>
    public bool IsContested { get; set; }

    public TimeSpan UsedAt(TimeSpan now) => Holders > 0 ? now : LastUse;

    public bool IsOver(TimeSpan now, TimeSpan idle) => Holders == 0 && now - LastUse >= idle;

    public AddressIdCopy Copy(TimeSpan now) =>
        new(entry, IsContested ? AddressIdStanding.Contested : AddressIdStanding.Living, now - UsedAt(now));
}
