namespace Gateway.Transport;

/// <summary>What a UDP socket did.</summary>
/// <param name="Received">Datagrams received.</param>
/// <param name="Sent">Datagrams that the kernel took.</param>
/// <param name="Overflowed">Datagrams that came faster than they were read, and found the receive buffer full.</param>
/// <param name="Refused">ICMP errors reported for earlier datagrams (port unreachable and the like).</param>
/// <param name="Dropped">Datagrams that the kernel did not take: its buffer was full, they were too long, there is no route.</param>
public readonly record struct UdpCounters(long Received, long Overflowed, long Sent, long Refused, long Dropped)
{
    /// <summary>Datagrams that were lost here, in either direction.</summary>
    public long Lost => Overflowed + Dropped;
}
