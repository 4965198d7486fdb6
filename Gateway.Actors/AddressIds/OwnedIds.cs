using System.Collections;
using System.Text;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>The IDs of one owner, by REALID and by what they stand for. Under the table's lock.</summary>
internal sealed class OwnedIds : IEnumerable<AddressIdSlot>
{
    private readonly Dictionary<uint, AddressIdSlot> _byRealId = [];
    private readonly Dictionary<string, AddressIdSlot> _byTarget = [];

    public int Count => _byRealId.Count;

    public AddressIdSlot? Find(AddressId id) => _byRealId.GetValueOrDefault(id.RealId);

    public AddressIdSlot? Find(in SocksAddress target) => _byTarget.GetValueOrDefault(Key(target));

    public void Add(AddressIdSlot slot)
    {
        _byRealId.Add(slot.Entry.Id.RealId, slot);
        // Two members that did not hear of each other may have given an ID each for the same target; both are good.
        _byTarget.TryAdd(Key(slot.Entry.Target), slot);
    }

    public void Remove(AddressIdSlot slot)
    {
        _byRealId.Remove(slot.Entry.Id.RealId);
        Hide(slot);
    }

    /// <summary>Its target does not lead to it any more.</summary>
    public void Hide(AddressIdSlot slot)
    {
        if (Find(slot.Entry.Target) == slot)
            _byTarget.Remove(Key(slot.Entry.Target));
    }

    public IEnumerator<AddressIdSlot> GetEnumerator() => _byRealId.Values.ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The octets, one character each, behind their type: much smaller than the address, and lossless.</summary>
    private static string Key(in SocksAddress target) => $"{(char)target.Type}{Encoding.Latin1.GetString(target.Octets)}";
}
