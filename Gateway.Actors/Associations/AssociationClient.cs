using Gateway.Protocol;

namespace Gateway.Actors.Associations;

/// <summary>
/// Whose datagrams an association relays: those of the host that holds its TCP connection (RFC 1928 §7), and there those of one port. The
/// port is the one announced, or that of the first datagram whose header can be read.
/// </summary>
/// <param name="Address">The client's address on the TCP connection, canonical.</param>
/// <param name="Port">The only port that may send; 0 until that is known.</param>
public readonly record struct AssociationClient(IpLiteral Address, ushort Port)
{
    /// <summary>
    /// A client behind an address translator announces an address and a port that nobody will ever see; so an announced port binds only
    /// together
    /// with the address that the gateway sees too.
    /// </summary>
    /// <param name="peer">The client's end of the TCP connection.</param>
    public static AssociationClient For(in AssociationRequest request, LiteralEndpoint peer)
    {
        var address = peer.Address.Canonical;
        return new AssociationClient(address, request.Announced.Address == address ? request.Announced.Port : (ushort)0);
    }

    /// <summary>Whether the port is known, so that the gateway can send to the client.</summary>
    public bool IsLocked => Port != 0;

    /// <summary>Where the client receives, once that is known.</summary>
    public LiteralEndpoint Endpoint => new(Address, Port);

    /// <summary>Whether a datagram from <paramref name="source"/> may be the client's. All others are dropped in silence.</summary>
    public bool Admits(LiteralEndpoint source) => source.Address.Canonical == Address && (!IsLocked || source.Port == Port);

    /// <summary>
    /// The same client, from now on with the port it was heard from. Not before its header was read: who sends rubbish locks nobody in.
    /// </summary>
    public AssociationClient HeardFrom(LiteralEndpoint source) => IsLocked ? this : this with { Port = source.Port };
}
