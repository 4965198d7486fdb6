using Gateway.Actors.Access;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>Counts of one loop, written and read on its thread alone.</summary>
/// <param name="loop">The loop's index.</param>
/// <param name="loops">How many there are.</param>
internal sealed class SessionCounters(int loop, int loops)
{
    private readonly long[] _refusals = new long[Enum.GetValues<AdmissionResult>().Length];
    private readonly long[] _failures = new long[Enum.GetValues<SessionFailure>().Length];
    private readonly long[] _replies = new long[256];
    private readonly SetupTimes _direct = new();
    private readonly SetupTimes _chain = new();
    private DatagramCounts _toTarget, _toClient;
    private long _accepted, _wrongLogins, _throttledLogins, _udpLost, _udpRefused;

    /// <summary>The number of a new session: unique in this process, because each loop counts in steps of its own.</summary>
    public long CountAccepted() => loop + 1 + loops * _accepted++;

    public void CountRefusal(AdmissionResult limit) => _refusals[(int)limit]++;

    public void CountReply(ReplyCode code) => _replies[(byte)code]++;

    /// <summary>A session has its first success.</summary>
    public void CountSetup(bool throughChain, TimeSpan took) => (throughChain ? _chain : _direct).Add(took);

    public void CountFailure(SessionFailure failure) => _failures[(int)failure]++;

    public void CountWrongLogin() => _wrongLogins++;

    public void CountThrottledLogin() => _throttledLogins++;

    public void CountDatagramToTarget(int octets) => _toTarget += new DatagramCounts(1, octets);

    public void CountDatagramToClient(int octets) => _toClient += new DatagramCounts(1, octets);

    public void CountRefusedDatagram() => _udpRefused++;

    public void CountLostDatagrams(long count) => _udpLost += count;

    public void WriteTo(NodeCounts counts)
    {
        counts.Accepted = _accepted;
        (counts.WrongLogins, counts.ThrottledLogins) = (_wrongLogins, _throttledLogins);
        (counts.UdpToTarget, counts.UdpToClient) = (_toTarget, _toClient);
        (counts.UdpLost, counts.UdpRefused) = (_udpLost, _udpRefused);
        counts.DirectSetup.Add(_direct);
        counts.ChainSetup.Add(_chain);
        for (var limit = 0; limit < _refusals.Length; limit++)
            counts.Add((AdmissionResult)limit, _refusals[limit]);
        for (var failure = 0; failure < _failures.Length; failure++)
            counts.Add((SessionFailure)failure, _failures[failure]);
        for (var code = 0; code < _replies.Length; code++)
            counts.Add((ReplyCode)code, _replies[code]);
    }
}
