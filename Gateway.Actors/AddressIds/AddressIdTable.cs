using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gateway.Actors.Access;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// The association table between clients and this gateway (draft-kitamura-socks-ipv6-01, Extension 1). Its key is (owner, REALID), so
/// that equal REALIDs of different owners never meet. Time is given to it, always from the same fixed moment; safe from any thread.
/// </summary>
/// <remarks>
/// <c>B13</c>: an ID lives for <paramref name="idle"/> after its last use, and as long as somebody holds it. Each ID has an actor that asks
/// <see cref="TryExpire"/> when that time has come; until then one past its time is not found, but may be associated again.
/// In a cluster it holds the IDs that the other members gave too; what concerns them has a file of its own.
/// </remarks>
/// <param name="idle">How long an ID lives unused.</param>
/// <param name="perClient">IDs of one client, at most: of a user, or of all owners that count as one client.</param>
/// <param name="draw">A REALID, 1 to FFFFFF; <c>B14</c>: a cryptographic generator unless a test says otherwise.</param>
public sealed partial class AddressIdTable(TimeSpan idle, int perClient, Func<uint>? draw = null)
{
    /// <summary>So that a draw finds a free REALID soon, and a guess seldom finds a taken one.</summary>
    private const int MostIds = (int)(AddressId.MaxRealId / 8);

    private readonly Func<uint> _draw = draw ?? (() => (uint)RandomNumberGenerator.GetInt32(1, (int)AddressId.MaxRealId + 1));
    private readonly Lock _gate = new();
    private readonly Dictionary<AddressIdOwner, OwnedIds> _owners = [];
    private readonly Dictionary<(string?, ClientKey), ClientIds> _clients = [];
    private readonly Dictionary<uint, int> _taken = [];
    private int _count;

    /// <summary>An ID has entered the table and needs an actor. Told under the table's lock: handlers only pass it on.</summary>
    internal event Action<AddressIdEntry>? Entered;

    /// <summary>IDs of all owners.</summary>
    public int Count
    {
        get { lock (_gate) return _count; }
    }

    /// <summary>
    /// The owner's ID of <paramref name="target"/>: a new one, or the one it has already, refreshed (so <c>B10</c>'s "same if equal"
    /// holds). <c>B8</c>: called when nothing else can fail any more, a failed command leaving no ID behind.
    /// </summary>
    /// <param name="target">No ADDRESS ID: that is found, not associated (<c>B18</c>).</param>
    /// <param name="entry">Null when the client, or the table, holds as many as it may.</param>
    /// <param name="isNew">Whether nobody else knows it yet.</param>
    /// <exception cref="ArgumentException">The target is an ADDRESS ID.</exception>
    public bool TryAssociate(
        AddressIdOwner owner, SocksAddress target, TimeSpan now, [NotNullWhen(true)] out AddressIdEntry? entry, out bool isNew)
    {
        if (target.IsId) throw new ArgumentException("an ADDRESS ID stands for a name or an address, not for another ID", nameof(target));
        target = target.LiteralIfNamed;
        lock (_gate)
        {
            var owned = _owners.GetValueOrDefault(owner);
            if (owned?.Find(target) is { } known)
            {
                isNew = false;
                known.LastUse = now;
                Tell(known, now, Step);
                entry = known.Entry;
                return true;
            }
            isNew = true;
            entry = null;
            if (!HasRoom(owner, now)) return false;

            entry = new AddressIdEntry(owner, new AddressId(DrawFree()), target);
            Enter(new AddressIdSlot(entry) { LastUse = now, Told = now });
            return true;
        }
    }

    /// <summary>
    /// Whether <see cref="TryAssociate"/> would succeed now. <c>B8</c>: a combined command asks before its base command begins.
    /// </summary>
    public bool CanAssociate(AddressIdOwner owner, SocksAddress target, TimeSpan now)
    {
        lock (_gate)
        {
            var owned = _owners.GetValueOrDefault(owner);
            return owned?.Find(target.LiteralIfNamed) is not null || HasRoom(owner, now);
        }
    }

    /// <summary>
    /// The entry of one of the owner's IDs, which does not end before <see cref="Release"/>. False when the owner has no such ID
    /// (<c>B15</c>).
    /// </summary>
    public bool TryHold(AddressIdOwner owner, AddressId id, TimeSpan now, [NotNullWhen(true)] out AddressIdEntry? entry)
    {
        lock (_gate)
        {
            var slot = Living(owner, id, now);
            if (slot is not null)
            {
                (slot.LastUse, slot.Holders) = (now, slot.Holders + 1);
                Tell(slot, now, Step);
            }
            entry = slot?.Entry;
            return entry is not null;
        }
    }

    /// <summary>Ends what <see cref="TryHold"/> began; the ID's lifetime starts anew.</summary>
    public void Release(AddressIdOwner owner, AddressId id, TimeSpan now)
    {
        lock (_gate)
        {
            if (_owners.GetValueOrDefault(owner)?.Find(id) is not { Holders: > 0 } slot)
                throw new InvalidOperationException($"nobody holds {id} of {owner}");
            (slot.LastUse, slot.Holders) = (now, slot.Holders - 1);
            Tell(slot, now, Step);
        }
    }

    /// <summary>
    /// Takes the ID out if its time has come. True when it is gone; else <paramref name="again"/> says how long to wait before asking
    /// again: half a lifetime at most, so that the other members hear of its use before their copies end.
    /// </summary>
    public bool TryExpire(AddressIdOwner owner, AddressId id, TimeSpan now, out TimeSpan again)
    {
        lock (_gate)
        {
            again = default;
            if (_owners.GetValueOrDefault(owner) is not { } owned || owned.Find(id) is not { } slot) return true;
            if (slot.IsOver(now, idle))
            {
                Drop(owned, slot);
                return true;
            }
            Tell(slot, now, TimeSpan.Zero);
            var rest = slot.UsedAt(now) + idle - now;
            again = rest < idle / 2 ? rest : idle / 2;
            return false;
        }
    }

    /// <summary>All that live, by owner.</summary>
    public IReadOnlyList<AddressIdView> List(TimeSpan now)
    {
        lock (_gate)
            return [.. from owned in _owners.Values from slot in owned where !slot.IsContested && !slot.IsOver(now, idle) select new AddressIdView(slot.Entry, now - slot.LastUse, slot.Holders)];
    }

    private AddressIdSlot? Living(AddressIdOwner owner, AddressId id, TimeSpan now) =>
        _owners.GetValueOrDefault(owner)?.Find(id) is { IsContested: false } slot && !slot.IsOver(now, idle) ? slot : null;

    private bool HasRoom(AddressIdOwner owner, TimeSpan now)
    {
        var client = _clients.GetValueOrDefault(owner.CountedAs);
        if (client?.Count >= perClient) DropOver(client, now);
        return !(client?.Count >= perClient || _count >= MostIds);
    }

    private uint DrawFree()
    {
        uint realId;
        do realId = _draw();
        while (realId is 0 or > AddressId.MaxRealId || _taken.ContainsKey(realId));
        return realId;
    }

    private void Enter(AddressIdSlot slot)
    {
        var (owner, id) = (slot.Entry.Owner, slot.Entry.Id);
        if (!_clients.TryGetValue(owner.CountedAs, out var client)) _clients[owner.CountedAs] = client = new ClientIds();
        if (!_owners.TryGetValue(owner, out var owned)) client.Add(_owners[owner] = owned = new OwnedIds());
        owned.Add(slot);
        _taken[id.RealId] = _taken.GetValueOrDefault(id.RealId) + 1;
        _count++;
        Entered?.Invoke(slot.Entry);
    }

    private void DropOver(ClientIds client, TimeSpan now)
    {
        foreach (var owned in client.ToList())
            foreach (var slot in owned.Where(slot => slot.IsOver(now, idle))) Drop(owned, slot);
    }

    private void Drop(OwnedIds owned, AddressIdSlot slot)
    {
        var realId = slot.Entry.Id.RealId;
        owned.Remove(slot);
        if (--_taken[realId] == 0) _taken.Remove(realId);
        _count--;
        if (owned.Count > 0) return;
        var owner = slot.Entry.Owner;
        _owners.Remove(owner);
        if (_clients[owner.CountedAs].Remove(owned)) _clients.Remove(owner.CountedAs);
    }
}
