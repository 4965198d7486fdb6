using Gateway.Actors.Access;
using Gateway.Actors.Sessions;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// The ADDRESS IDs that one session or association uses: each is found once, and does not end before it is released (<c>B13</c>). Loop's
/// thread only.
/// </summary>
internal sealed class HeldAddressIds(SessionServices services, Identity identity)
{
    private readonly AddressIdOwner _owner = AddressIdOwner.Of(identity);
    private readonly Dictionary<AddressId, SocksAddress> _held = [];

    /// <summary>What one of the client's IDs stands for. False when it has no such ID, or guesses (<c>B15</c>).</summary>
    public bool TryFind(AddressId id, out SocksAddress target)
    {
        if (_held.TryGetValue(id, out target))
            return true;
        if (!services.IdLookup.TryHold(identity, id, services.Now, out var entry))
            return false;
        _held.Add(id, target = entry.Target);
        return true;
    }

    /// <summary>Whether the client may have an ID of <paramref name="target"/>.</summary>
    public bool CanAssociate(SocksAddress target) => services.AddressIds.CanAssociate(_owner, target, services.Now);

    /// <summary>Gives an ID of <paramref name="target"/>, with an actor of its own when it is new. False when the client has too many.</summary>
    public bool TryAssociate(SocksAddress target, out AddressId id)
    {
        id = default;
        if (!services.AddressIds.TryAssociate(_owner, target, services.Now, out var entry, out var isNew))
            return false;
        id = entry.Id;
        if (isNew)
            services.IdKeeper.Tell(new AddressIdGiven(entry), Akka.Actor.ActorRefs.NoSender);
        if (!_held.ContainsKey(id) && services.AddressIds.TryHold(_owner, id, services.Now, out _))
            _held.Add(id, entry.Target);
        return true;
    }

    /// <summary>Each lives on for its idle time, unless somebody else holds it too.</summary>
    public void Release()
    {
        foreach (var id in _held.Keys)
            services.AddressIds.Release(_owner, id, services.Now);
        _held.Clear();
    }
}
