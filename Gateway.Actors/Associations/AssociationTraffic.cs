using Gateway.Actors.Sessions;
using Gateway.Actors.Settings;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>What an association has relayed so far; its loop's counters are told as well. Loop's thread only.</summary>
/// <param name="record">What the session's record says of a chain that has just been set up.</param>
internal sealed class AssociationTraffic(SessionCounters counters, Func<IReadOnlyList<ChainHop>, IReadOnlyList<HopRecord>> record)
{
    /// <summary>Ways that are told apart. A way that breaks again and again has few servers to be set up through.</summary>
    private const int MostWays = 32;

    private readonly List<WayTraffic> _ways = [];
    private WayTraffic? _direct;

    /// <summary>What relays, once it does.</summary>
    public DatagramRelay? Relay { get; set; }

    /// <summary>Octets of data from the client, headers not counted.</summary>
    public long Sent { get; private set; }

    /// <summary>Octets of data to the client, headers not counted.</summary>
    public long Received { get; private set; }

    /// <summary>Datagrams of either direction that the gateway lost, for want of room in a buffer or of a way; known at the end.</summary>
    public long Lost { get; private set; }

    /// <summary>The hops of the chain that was set up last; none while all datagrams go directly.</summary>
    public IReadOnlyList<HopRecord> Hops { get; private set; } = [];

    /// <summary>All ways so far, in the order of their beginning; none while all datagrams go directly.</summary>
    public IReadOnlyList<WayRecord> Ways => Hops.Count == 0 ? [] : _ways.ConvertAll(way => way.Record);

    /// <summary>The way of datagrams that no chain carries.</summary>
    public WayTraffic Direct => _direct ??= Way(RouteSettings.Direct, []);

    /// <summary>A chain stands. The same servers anew are the same way.</summary>
    public WayTraffic Through(string chain, IReadOnlyList<ChainHop> hops)
    {
        Hops = record(hops);
        return Way(chain, Hops);
    }

    public void CountSent(int octets, WayTraffic way)
    {
        way.CountSent(octets);
        Sent += octets;
        counters.CountDatagramToTarget(octets);
    }

    public void CountReceived(int octets, WayTraffic way)
    {
        way.CountReceived(octets);
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

    /// <summary>Beyond the most that are told apart, the last one stands for all others.</summary>
    private WayTraffic Way(string via, IReadOnlyList<HopRecord> hops)
    {
        if (_ways.Find(way => way.Is(via, hops)) is { } known)
        {
            known.Stands = true;
            return known;
        }
        if (_ways.Count == MostWays)
            return _ways[^1];
        _ways.Add(new WayTraffic(via, hops));
        return _ways[^1];
    }
}
