namespace Gateway.Transport;

/// <summary>Datagrams as they came from one socket, in the loop's buffers.</summary>
public readonly ref struct UdpBatch
{
    /// <summary>The most datagrams in a batch.</summary>
    public const int Capacity = 64;

    /// <summary>Octets of room in front of each datagram: enough for any UDP header of RFC 1928 §7 (262 for the longest name).</summary>
    public const int Headroom = 320;

    private readonly UdpBuffers _buffers;

    internal UdpBatch(UdpBuffers buffers, int count) => (_buffers, Count) = (buffers, count);

    public int Count { get; }

    /// <summary>Who sent number <paramref name="index"/>.</summary>
    public IpEndpoint Source(int index) => _buffers.Source(index);

    /// <summary>Its octets; they may be changed.</summary>
    public Span<byte> Payload(int index) => _buffers.Received(index)[Headroom..];

    /// <summary>Its octets behind <see cref="Headroom"/> octets of room, for a header that is written in place.</summary>
    public Span<byte> WithHeadroom(int index) => _buffers.Received(index);

    /// <summary>
    /// Forwards number <paramref name="index"/> without copying it: all that <see cref="WithHeadroom"/> shows from
    /// <paramref name="start"/> on. It leaves when the batch's callback returns, in one call with others to the same socket.
    /// Less than <see cref="Headroom"/> takes in a header that was written before the datagram, more leaves one out.
    /// </summary>
    public void Forward(int index, int start, UdpSocket socket, in IpEndpoint destination)
    {
        if (socket.IsOpen)
            _buffers.Queue(socket, _buffers.Received(index)[start..], destination);
    }
}
