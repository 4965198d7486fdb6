using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>
/// The connections that peers have opened: one for each peer, the latest. What is known of a peer's system messages outlives its
/// connections, until another incarnation comes. Bounded. Safe to use from several threads.
/// </summary>
internal sealed class InboundLinks(int capacity = InboundLinks.DefaultCapacity)
{
    public const int DefaultCapacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<Address, Peer> _peers = [];

    /// <summary>Whether there is room for a connection from that address.</summary>
    public bool HasRoomFor(Address address)
    {
        lock (_lock)
        {
            if (_peers.ContainsKey(address) || _peers.Count < capacity)
                return true;
            var idle = _peers.FirstOrDefault(pair => pair.Value.Link is null).Key;
            return idle is not null && _peers.Remove(idle);
        }
    }

    /// <summary>Makes the link with the peer's inbox, and ends the one that it replaces.</summary>
    public InboundLink Add(Address address, int uid, Func<SystemMessageInbox, InboundLink> create)
    {
        InboundLink link;
        InboundLink? replaced;
        lock (_lock)
        {
            _peers.TryGetValue(address, out var known);
            replaced = known?.Link;
            link = create(known?.Uid == uid ? known.Inbox : new SystemMessageInbox());
            _peers[address] = new Peer(uid, link.Inbox, link);
        }

        replaced?.Dispose();
        return link;
    }

    /// <summary>The link has ended.</summary>
    public void Ended(InboundLink link)
    {
        lock (_lock)
        {
            if (_peers.TryGetValue(link.Peer, out var peer) && peer.Link == link)
                _peers[link.Peer] = peer with { Link = null };
        }
    }

    /// <summary>Ends the connection of that incarnation, or of any.</summary>
    public void Drop(Address address, int? uid)
    {
        InboundLink? dropped = null;
        lock (_lock)
        {
            if (_peers.TryGetValue(address, out var peer) && (uid is null || peer.Uid == uid))
            {
                dropped = peer.Link;
                _peers.Remove(address);
            }
        }

        dropped?.Dispose();
    }

    public void DropAll()
    {
        foreach (var address in Addresses())
            Drop(address, null);
    }

    private Address[] Addresses()
    {
        lock (_lock)
            return [.. _peers.Keys];
    }

    private sealed record Peer(int Uid, SystemMessageInbox Inbox, InboundLink? Link);
}
