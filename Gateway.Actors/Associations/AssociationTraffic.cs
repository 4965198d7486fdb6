using Gateway.Actors.Sessions;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>What an association has relayed so far; its loop's counters are told as well. Loop's thread only.</summary>
internal sealed class AssociationTraffic(SessionCounters counters)
{
    /// <summary>What relays, once it does.</summary>
    public DatagramRelay? Relay { get; set; }

    /// <summary>Octets of data from the client, headers not counted.</summary>
    public long Sent { get; private set; }

    /// <summary>Octets of data to the client, headers not counted.</summary>
    public long Received { get; private set; }

    /// <summary>Datagrams of either direction that the gateway lost, for want of room in a buffer or of a way; known at the end.</summary>
    public long Lost { get; private set; }

    /// <summary>The hops of the chain that was set up last; none while all datagrams go directly.</summary>
    public IReadOnlyList<ChainHop> Hops { get; set; } = [];

    public void CountSent(int octets)
    {
        Sent += octets;
        counters.CountDatagramToTarget(octets);
    }

    public void CountReceived(int octets)
    {
        Received += octets;
        counters.CountDatagramToClient(octets);
    }

    /// <summary>One that was not relayed: malformed, unasked for, not allowed, or nobody knows where to.</summary>
    public void CountRefused() => counters.CountRefusedDatagram();

    /// <param name="soFar">Lost since the beginning.</param>
    public void CountLost(long soFar)
    {
        counters.CountLostDatagrams(soFar - Lost);
        Lost = soFar;
    }
}
