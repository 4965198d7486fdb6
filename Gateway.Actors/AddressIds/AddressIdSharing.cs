using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Gateway.Actors.Members;
using Gateway.Protocol;

namespace Gateway.Actors.AddressIds;

/// <summary>
/// Gives IDs that the whole cluster knows: who asks for a new one waits until the members that can be reached have their copy, though
/// never longer than <see cref="Patience"/>. Outlives the actor systems that belong to the cluster; while there is none, nobody waits,
/// and the next one brings the others up to date. Safe from any thread.
/// </summary>
internal sealed class AddressIdSharing
{
    /// <summary>What a lost or stopped member may cost a client.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly Dictionary<AddressIdEntry, List<IActorRef>> _waiting = [];
    private readonly AddressIdTable _table;
    private readonly TopologyBoard _board;
    private volatile IActorRef? _link;

    public AddressIdSharing(AddressIdTable table, TopologyBoard board)
    {
        (_table, _board) = (table, board);
        _table.Used += Pass;
    }

    /// <summary>As <see cref="AddressIdTable.TryAssociate"/>.</summary>
    /// <param name="asker">Gets an <see cref="AddressIdShared"/> when it has to wait.</param>
    /// <param name="isShared">False when it has to wait, and must see to it that <see cref="Settle"/> is called in time.</param>
    public bool TryAssociate(
        AddressIdOwner owner, SocksAddress target, TimeSpan now, IActorRef asker, [NotNullWhen(true)] out AddressIdEntry? entry, out bool isShared)
    {
        lock (_gate)
        {
            isShared = true;
            if (!_table.TryAssociate(owner, target, now, out entry, out var isNew))
                return false;
            if (_waiting.TryGetValue(entry, out var others))
            {
                others.Add(asker);
                isShared = false;
            }
            else if (isNew && _link is { } link && _board.Current.Others.Any(member => member.IsReachable))
            {
                _waiting.Add(entry, [asker]);
                isShared = false;
                link.Tell(new AddressIdCopy(entry, AddressIdStanding.New, TimeSpan.Zero), ActorRefs.NoSender);
            }
            return true;
        }
    }

    /// <summary>All have their copy, or it was waited for long enough: the ID may be shown. Harmless when nobody waits.</summary>
    public void Settle(AddressIdEntry entry) => End(entry, isRefused: false);

    /// <summary>
    /// A member knows the REALID for something else. While the client does not know it, it is withdrawn and another drawn; otherwise it is
    /// given up by everybody, because a client must not be led to the wrong destination.
    /// </summary>
    /// <returns>What the others have to hear of it; null when they know.</returns>
    public AddressIdCopy? Refuse(AddressIdEntry entry, TimeSpan now)
    {
        lock (_gate)
        {
            if (_waiting.ContainsKey(entry))
            {
                _table.Withdraw(entry);
                End(entry, isRefused: true);
                return new(entry, AddressIdStanding.Withdrawn, TimeSpan.Zero);
            }
            return _table.TryContest(entry, now) ? new(entry, AddressIdStanding.Contested, TimeSpan.Zero) : null;
        }
    }

    /// <summary>Lets the other members hear of an allocation that this gateway got from elsewhere.</summary>
    public void Pass(AddressIdCopy copy) => _link?.Tell(copy, ActorRefs.NoSender);

    /// <summary>From now on <paramref name="link"/> speaks with the other members.</summary>
    public void Open(IActorRef link) => _link = link;

    /// <summary>Nobody does any more, until the next <see cref="Open"/>.</summary>
    public void Close(IActorRef link)
    {
        lock (_gate)
        {
            if (!link.Equals(_link))
                return;
            _link = null;
            foreach (var entry in _waiting.Keys.ToList())
                End(entry, isRefused: false);
        }
    }

    private void End(AddressIdEntry entry, bool isRefused)
    {
        lock (_gate)
        {
            if (!_waiting.Remove(entry, out var askers))
                return;
            foreach (var asker in askers)
                asker.Tell(new AddressIdShared(entry, isRefused), ActorRefs.NoSender);
        }
    }
}
