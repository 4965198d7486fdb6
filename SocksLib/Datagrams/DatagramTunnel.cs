using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// UDP through a chain: nested RFC 1928 §7 headers, one for each hop. A hop takes its header off and sends the rest to where it says; to
/// the next hop's relay, and at last to the destination. On the way back each puts one on, which says whence it came.
/// <code>
/// +-------------+-------------+-----+-----------------+------+
/// | relay 2     | relay 3     | ... | destination     | DATA |
/// +-------------+-------------+-----+-----------------+------+
///   for hop 1     for hop 2           for the last hop
/// </code>
/// The header of the last hop is the same as without a chain, so a datagram is wrapped around what <see cref="UdpHeader"/> reads and writes.
/// A value of one association: as long as its hops are the same, so is what stands in front. Nothing is allocated for a datagram.
/// </summary>
public sealed class DatagramTunnel
{
    private readonly byte[] _front;
    private readonly LiteralEndpoint[] _relays;

    /// <param name="relays">Where the hops take datagrams (<see cref="RelayOf"/>), in the order of travel; never empty.</param>
    public DatagramTunnel(params ReadOnlySpan<LiteralEndpoint> relays)
    {
        _relays = relays.ToArray();
        var length = 0;
        foreach (var relay in relays[1..]) length += relay.Address.IsIpv6 ? UdpHeader.Ipv6Length : UdpHeader.Ipv4Length;
        _front = new byte[length];
        for (var hop = _relays.Length - 1; hop > 0; hop--)
            length = UdpHeader.WriteBefore(_front, length, _relays[hop]);
    }

    /// <summary>Where datagrams are sent to, and come from: the first hop's relay.</summary>
    public LiteralEndpoint Entrance => _relays[0];

    /// <summary>Octets in front of the last hop's header.</summary>
    public int FrontLength => _front.Length;

    /// <summary>
    /// Where a hop takes datagrams, by its reply to UDP ASSOCIATE. An unspecified BND.ADDR, and one that is no literal, means the hop's own
    /// address, which its CONNECT was made to.
    /// </summary>
    public static LiteralEndpoint RelayOf(in SocksReply reply, IpLiteral hop) =>
        reply.Bound.TryGetLiteral(out var bound) && !bound.Address.IsUnspecified ? bound.Canonical : new LiteralEndpoint(hop.Canonical, reply.Bound.Port);

    /// <summary>Writes what the hops before the last one need, in front of a datagram for the last.</summary>
    /// <param name="buffer">Room for <see cref="FrontLength"/> octets, then the datagram, its header included.</param>
    /// <param name="start">Where the datagram begins: at least <see cref="FrontLength"/>.</param>
    /// <returns>Where it begins then.</returns>
    public int Wrap(Span<byte> buffer, int start)
    {
        _front.CopyTo(buffer[(start - _front.Length)..]);
        return start - _front.Length;
    }

    /// <summary>
    /// Finds the last hop's datagram, header and data, in one that came from <see cref="Entrance"/>. False when it did not come all the way
    /// back through the hops, in their order: such a datagram is dropped in silence.
    /// </summary>
    /// <param name="start">Where the last hop's header begins. It is not read yet.</param>
    public bool TryUnwrap(ReadOnlySpan<byte> datagram, out int start)
    {
        start = _front.Length;
        return datagram.StartsWith(_front) || TryReadFront(datagram, out start);
    }

    /// <summary>Hops may write the same address in another way, as <c>::ffff:192.0.2.1</c>.</summary>
    private bool TryReadFront(ReadOnlySpan<byte> datagram, out int start)
    {
        start = 0;
        foreach (var relay in _relays.AsSpan(1))
        {
            if (UdpHeader.Read(datagram[start..], out var header, out var length) != ReadStatus.Complete || !header.StandsAlone ||
                !header.Destination.TryGetLiteral(out var source) || source.Canonical != relay.Canonical)
                return false;
            start += length;
        }
        return true;
    }
}
