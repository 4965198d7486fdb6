using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
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

    /// <summary>
    /// An ID of <paramref name="target"/>: one that is held already (<c>B18</c>), or another, to be held by <see cref="Hold"/>. False when the
    /// client has too many.
    /// </summary>
    /// <param name="asker">Gets an <see cref="AddressIdShared"/> when the ID may not be shown yet.</param>
    public bool TryAssociate(SocksAddress target, IActorRef asker, [NotNullWhen(true)] out AddressIdEntry? entry, out bool isShared)
    {
        (entry, isShared) = (null, true);
        var literal = target.LiteralIfNamed;
        foreach (var (id, known) in _held)
        {
            if (known == literal)
            {
                entry = new AddressIdEntry(_owner, id, known);
                return true;
            }
        }
        return services.IdSharing.TryAssociate(_owner, target, services.Now, asker, out entry, out isShared);
    }

    /// <summary>Keeps an ID that the client is told from ending.</summary>
    public void Hold(AddressIdEntry entry)
    {
        if (!_held.ContainsKey(entry.Id) && services.AddressIds.TryHold(_owner, entry.Id, services.Now, out _))
            _held.Add(entry.Id, entry.Target);
    }

    /// <summary>Each lives on for its idle time, unless somebody else holds it too.</summary>
    public void Release()
    {
        foreach (var id in _held.Keys)
            services.AddressIds.Release(_owner, id, services.Now);
        _held.Clear();
    }
}
