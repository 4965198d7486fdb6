namespace Gateway.Actors.AddressIds;

/// <summary>
/// IDs that travel between the members of a cluster. What members say of one ID of one owner may arrive in any order, repeatedly, and
/// after they could not hear of each other; all tables come to the same end, because an ID only ever goes from one target to contested.
/// </summary>
public sealed partial class AddressIdTable
{
    /// <summary>Uses closer together than this are told to the other members as one.</summary>
    private TimeSpan Step => idle / 10;

    /// <summary>An ID is in use here, which the other members should hear. Told under the table's lock: handlers only pass it on.</summary>
    internal event Action<AddressIdCopy>? Used;

    /// <summary>All that are in the table, contested and expired ones too; <see cref="CopyOf"/> looks at them again one by one.</summary>
    internal IReadOnlyList<AddressIdEntry> Entries()
    {
        lock (_gate)
            return [.. from owned in _owners.Values from slot in owned select slot.Entry];
    }

    /// <summary>The allocation as it stands; null when it has ended.</summary>
    internal AddressIdCopy? CopyOf(AddressIdEntry entry, TimeSpan now)
    {
        lock (_gate)
            return _owners.GetValueOrDefault(entry.Owner)?.Find(entry.Id) is { } slot && !slot.IsOver(now, idle) ? slot.Copy(now) : null;
    }

    /// <summary>
    /// Takes over what another member says of an allocation. Limits hold as they do for clients: what is beyond them is not kept, and that
    /// is no refusal, for another REALID would fare no better.
    /// </summary>
    /// <param name="copy">What it says.</param>
    /// <param name="now">When it was said.</param>
    /// <param name="isNewsToAll">The ID has become contested by this, which nobody else knows.</param>
    /// <returns>False when the ID means something else here, or nothing any more.</returns>
    internal bool TryTake(AddressIdCopy copy, TimeSpan now, out bool isNewsToAll)
    {
        isNewsToAll = false;
        var (entry, standing) = (copy.Entry, copy.Standing);
        lock (_gate)
        {
            var owned = _owners.GetValueOrDefault(entry.Owner);
            var slot = owned?.Find(entry.Id);
            if (slot is not null && slot.IsOver(now, idle))
            {
                Drop(owned!, slot);
                (owned, slot) = (_owners.GetValueOrDefault(entry.Owner), null);
            }
            if (standing == AddressIdStanding.Withdrawn)
            {
                Withdraw(owned, slot, entry);
                return true;
            }
            if (slot is null)
            {
                Adopt(copy, now);
                return true;
            }
            if (standing == AddressIdStanding.Contested)
            {
                Contest(owned!, slot, now);
                return true;
            }
            if (!slot.IsContested && slot.Entry.Target == entry.Target)
            {
                var used = now - copy.Age;
                slot.LastUse = used > slot.LastUse ? used : slot.LastUse;
                slot.Told = used > slot.Told ? used : slot.Told;
                return true;
            }
            isNewsToAll = standing == AddressIdStanding.Living && Contest(owned!, slot, now);
            return false;
        }
    }

    /// <summary>Takes out an ID that no client has been told.</summary>
    internal void Withdraw(AddressIdEntry entry)
    {
        lock (_gate)
        {
            var owned = _owners.GetValueOrDefault(entry.Owner);
            Withdraw(owned, owned?.Find(entry.Id), entry);
        }
    }

    /// <summary>The ID was given for something else too. False when that is known.</summary>
    internal bool TryContest(AddressIdEntry entry, TimeSpan now)
    {
        lock (_gate)
            return _owners.GetValueOrDefault(entry.Owner) is { } owned && owned.Find(entry.Id) is { } slot && Contest(owned, slot, now);
    }

    private void Adopt(AddressIdCopy copy, TimeSpan now)
    {
        if (copy.Age >= idle || !HasRoom(copy.Entry.Owner, now)) return;
        var used = now - copy.Age;
        Enter(new AddressIdSlot(copy.Entry) { LastUse = used, Told = used });
        if (copy.Standing == AddressIdStanding.Contested && _owners[copy.Entry.Owner] is var entered)
            Contest(entered, entered.Find(copy.Entry.Id)!, now);
    }

    private void Withdraw(OwnedIds? owned, AddressIdSlot? slot, AddressIdEntry entry)
    {
        if (slot is { Holders: 0, IsContested: false } && slot.Entry.Target == entry.Target) Drop(owned!, slot);
    }

    /// <summary>Whoever holds it goes on; nobody finds it again, and for its target another is given.</summary>
    private static bool Contest(OwnedIds owned, AddressIdSlot slot, TimeSpan now)
    {
        if (slot.IsContested) return false;
        (slot.IsContested, slot.LastUse) = (true, now);
        owned.Hide(slot);
        return true;
    }

    private void Tell(AddressIdSlot slot, TimeSpan now, TimeSpan step)
    {
        var used = slot.UsedAt(now);
        if (slot.IsContested || used == slot.Told || used - slot.Told < step) return;
        slot.Told = used;
        Used?.Invoke(slot.Copy(now));
    }
}
