using Gateway.Actors.Sessions;

namespace Gateway.Actors.Associations;

/// <summary>What one way of an association has carried so far. Loop's thread only.</summary>
internal sealed class WayTraffic(string via, IReadOnlyList<HopRecord> hops)
{
    private long _sent, _received;

    /// <summary>It is there to be used, and not only remembered.</summary>
    public bool Stands { get; set; } = true;

    public WayRecord Record => new(via, hops, _sent, _received, Stands);

    public void CountSent(int octets) => _sent += octets;

    public void CountReceived(int octets) => _received += octets;

    /// <summary>The same chain through the same servers; how soon they answered is another matter.</summary>
    public bool Is(string other, IReadOnlyList<HopRecord> through) =>
        via == other && hops.Select(hop => (hop.Name, hop.Address)).SequenceEqual(through.Select(hop => (hop.Name, hop.Address)));
}
