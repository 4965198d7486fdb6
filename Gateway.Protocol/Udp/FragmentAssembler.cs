namespace Gateway.Protocol;

/// <summary>
/// The reassembly queue and its timer, RFC 1928 §7, for the datagrams of one sender. Not for several threads.
/// </summary>
/// <remarks>
/// <para>The letter of the RFC: a fragment whose number is less than the highest processed, or the timer, abandons the queue. So a gap
/// can never
/// be filled any more, and the queue is abandoned as soon as one shows.</para>
/// <para><c>B23</c>: a fragment numbered like the highest is a duplicate and ignored; FRAG 00 abandons the queue and is delivered; a
/// different
/// header abandons the queue. Whatever abandons it and is numbered 1 begins the next.</para>
/// </remarks>
public sealed class FragmentAssembler
{
    /// <summary>RFC 1928 §7: the timer must not be below 5 seconds.</summary>
    public static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The most octets that one UDP datagram over IPv4 can hold.</summary>
    public const int MaxDatagram = 65_507;

    private readonly int _maxOctets;
    private readonly TimeSpan _timeout;
    private byte[] _queue = [];
    private int _queued, _highest;
    private SocksEndpoint _destination;
    private TimeSpan _deadline;

    /// <param name="maxOctets">A sequence that grows beyond this is abandoned.</param>
    /// <param name="timeout">How long a sequence may take; at least <see cref="MinTimeout"/>, the default.</param>
    public FragmentAssembler(int maxOctets = MaxDatagram, TimeSpan? timeout = null)
    {
        _maxOctets = maxOctets;
        _timeout = timeout ?? MinTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThan(_timeout, MinTimeout, nameof(timeout));
    }

    /// <summary>Whether a sequence has begun and not ended.</summary>
    public bool IsWaiting => _highest > 0;

    /// <summary>Octets held at the moment.</summary>
    public int QueuedOctets => _queued;

    /// <summary>
    /// Takes a datagram with any FRAG; true when <paramref name="datagram"/> is to be delivered to the header's destination.
    /// </summary>
    /// <param name="now">Time since any fixed moment.</param>
    /// <param name="datagram">A view: of <paramref name="data"/> for FRAG 00, else of the queue, valid until the next call.</param>
    public bool TryAccept(in UdpHeader header, ReadOnlySpan<byte> data, TimeSpan now, out ReadOnlySpan<byte> datagram)
    {
        datagram = default;
        Expire(now);
        if (header.StandsAlone)
        {
            Abandon();
            datagram = data;
            return true;
        }
        if (IsWaiting && header.Destination != _destination) Abandon();
        if (IsWaiting && header.Position == _highest) return false;
        if (header.Position != _highest + 1)
        {
            Abandon();
            if (header.Position != 1) return false;
        }
        if (_queued + data.Length > _maxOctets)
        {
            Abandon();
            return false;
        }
        if (!IsWaiting) (_destination, _deadline) = (header.Destination, now + _timeout);
        Append(data);
        _highest++;
        if (!header.IsLast) return false;

        datagram = _queue.AsSpan(0, _queued);
        Abandon();
        return true;
    }

    /// <summary>Abandons a sequence whose time is up.</summary>
    public void Expire(TimeSpan now)
    {
        if (IsWaiting && now >= _deadline) Abandon();
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        if (_queued + data.Length > _queue.Length)
            Array.Resize(ref _queue, Math.Min(_maxOctets, Math.Max(_queued + data.Length, _queue.Length * 2)));
        data.CopyTo(_queue.AsSpan(_queued));
        _queued += data.Length;
    }

    private void Abandon()
    {
        (_highest, _queued) = (0, 0);
        _queue = [];
    }
}
