namespace Gateway.Actors.Status;

/// <summary>What goes over one leg.</summary>
/// <param name="Sessions">That live.</param>
/// <param name="Sent">Octets towards destinations since the start, of sessions that live and that have ended.</param>
/// <param name="Received">Octets towards clients.</param>
public readonly record struct FlowCounts(long Sessions, long Sent, long Received)
{
    public static FlowCounts operator +(FlowCounts left, FlowCounts right) =>
        new(left.Sessions + right.Sessions, left.Sent + right.Sent, left.Received + right.Received);
}
