using System.Collections;

namespace Gateway.Actors.AddressIds;

/// <summary>The owners that limits count as one client, and their IDs together. Under the table's lock.</summary>
internal sealed class ClientIds : IEnumerable<OwnedIds>
{
    private readonly HashSet<OwnedIds> _owners = [];

    /// <summary>IDs of all of them.</summary>
    public int Count => _owners.Sum(owned => owned.Count);

    public void Add(OwnedIds owned) => _owners.Add(owned);

    /// <summary>True when no owner is left.</summary>
    public bool Remove(OwnedIds owned)
    {
        _owners.Remove(owned);
        return _owners.Count == 0;
    }

    public IEnumerator<OwnedIds> GetEnumerator() => _owners.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
