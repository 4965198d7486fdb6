using Gateway.Actors.Access;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// Where this gateway listens itself. A hop that is found there, under whatever name, would get each request of the chain as a client's and send it
/// into the chain again. Safe from any thread.
/// </summary>
/// <param name="doors">With true ports.</param>
public sealed class OwnDoors(IEnumerable<LiteralEndpoint> doors)
{
    private LiteralEndpoint[] _doors = Canonical(doors);

    /// <summary>It listens elsewhere from now on.</summary>
    public void Change(IEnumerable<LiteralEndpoint> doors) => Volatile.Write(ref _doors, Canonical(doors));

    /// <summary>Whether a channel that has just been opened ends here.</summary>
    public bool AreBehind(IChannel channel)
    {
        var peer = channel.Peer.Canonical;
        foreach (var door in Volatile.Read(ref _doors))
            if (door.Port == peer.Port && IsAt(door, peer, channel.Local))
                return true;
        return false;
    }

    /// <summary>Whether who connects to <paramref name="endpoint"/> on this machine finds the listener at <paramref name="door"/>. Both canonical.</summary>
    /// <param name="machine">The machine's addresses; asked for only where the listener is on all of them, and loopback is known without.</param>
    public static bool IsAt(LiteralEndpoint door, LiteralEndpoint endpoint, Func<IEnumerable<IpLiteral>> machine) =>
        door == endpoint
        || (door.Port == endpoint.Port && door.Address.IsUnspecified && door.Address.Family == endpoint.Address.Family
            && (GuardedNetworks.Loopback(endpoint.Address) || machine().Contains(endpoint.Address)));

    /// <summary>Who connects to an address of its own machine comes from there, unless an egress address says otherwise.</summary>
    private static bool IsAt(LiteralEndpoint door, LiteralEndpoint peer, LiteralEndpoint local) => IsAt(door, peer, () => [local.Address.Canonical]);

    private static LiteralEndpoint[] Canonical(IEnumerable<LiteralEndpoint> doors) => [.. doors.Select(door => door.Canonical)];
}
