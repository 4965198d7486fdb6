using Gateway.Actors.Access;

namespace Gateway.Actors.Sessions;

/// <summary>Counts of one loop, written by that loop alone and read by anybody.</summary>
/// <param name="loop">The loop's index.</param>
/// <param name="loops">How many there are.</param>
internal sealed class SessionCounters(int loop, int loops)
{
    private readonly long[] _refusals = new long[Enum.GetValues<AdmissionResult>().Length];
    private long _accepted;

    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>The number of a new session: unique in this process, because each loop counts in steps of its own.</summary>
    public long CountAccepted() => loop + 1 + loops * _accepted++;

    public void CountRefusal(AdmissionResult limit) => _refusals[(int)limit]++;

    /// <summary>Clients that were turned away at the door because of <paramref name="limit"/>.</summary>
    public long Refusals(AdmissionResult limit) => Volatile.Read(ref _refusals[(int)limit]);
}
