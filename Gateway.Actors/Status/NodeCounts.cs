using Gateway.Actors.Access;
using Gateway.Protocol;

namespace Gateway.Actors.Status;

/// <summary>
/// What a gateway has done since its start, and how many sessions live in which phase: the sum over its loops, each read on its own thread
/// between two of its callbacks, so that what a client has received is counted.
/// </summary>
public sealed class NodeCounts
{
    private readonly long[] _phases = new long[Enum.GetValues<SessionPhase>().Length];
    private readonly long[] _failures = new long[Enum.GetValues<SessionFailure>().Length];
    private readonly long[] _refusals = new long[Enum.GetValues<AdmissionResult>().Length];
    private readonly long[] _replies = new long[256];

    /// <summary>Sessions that have begun.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Wrong passwords.</summary>
    public long WrongLogins { get; internal set; }

    /// <summary>Logins that were refused unheard, after too many wrong ones.</summary>
    public long ThrottledLogins { get; internal set; }

    /// <summary>Octets that destinations took over TCP, of live sessions and of those that have ended.</summary>
    public long OctetsToTarget { get; internal set; }

    /// <summary>Octets that clients took over TCP.</summary>
    public long OctetsToClient { get; internal set; }

    /// <summary>Datagrams and their octets, headers not counted, from clients to their destinations.</summary>
    public DatagramCounts UdpToTarget { get; internal set; }

    /// <summary>Datagrams and their octets, headers not counted, to clients.</summary>
    public DatagramCounts UdpToClient { get; internal set; }

    /// <summary>Datagrams that the gateway lost for want of room.</summary>
    public long UdpLost { get; internal set; }

    /// <summary>Datagrams that were not relayed because they may not be, or because nobody could tell where to.</summary>
    public long UdpRefused { get; internal set; }

    /// <summary>From accept to success, of sessions that go directly.</summary>
    public SetupTimes DirectSetup { get; } = new();

    /// <summary>From accept to success, of sessions through a chain.</summary>
    public SetupTimes ChainSetup { get; } = new();

    /// <summary>How long work waited for each loop, by the loops' numbers.</summary>
    public IReadOnlyList<TimeSpan> Lags { get; internal set; } = [];

    /// <summary>Sessions that live in that phase.</summary>
    public long this[SessionPhase phase] => _phases[(int)phase];

    public long this[SessionFailure failure] => _failures[(int)failure];

    /// <summary>Replies with that code.</summary>
    public long this[ReplyCode code] => _replies[(byte)code];

    /// <summary>Clients that were turned away at the door.</summary>
    public long this[AdmissionResult limit] => _refusals[(int)limit];

    internal void Count(SessionPhase phase) => _phases[(int)phase]++;

    internal void Add(SessionFailure failure, long count) => _failures[(int)failure] += count;

    internal void Add(ReplyCode code, long count) => _replies[(byte)code] += count;

    internal void Add(AdmissionResult limit, long count) => _refusals[(int)limit] += count;

    internal void Add(NodeCounts other)
    {
        Sum(_phases, other._phases);
        Sum(_failures, other._failures);
        Sum(_refusals, other._refusals);
        Sum(_replies, other._replies);
        Accepted += other.Accepted;
        WrongLogins += other.WrongLogins;
        ThrottledLogins += other.ThrottledLogins;
        OctetsToTarget += other.OctetsToTarget;
        OctetsToClient += other.OctetsToClient;
        UdpToTarget += other.UdpToTarget;
        UdpToClient += other.UdpToClient;
        UdpLost += other.UdpLost;
        UdpRefused += other.UdpRefused;
        DirectSetup.Add(other.DirectSetup);
        ChainSetup.Add(other.ChainSetup);
        Lags = [.. Lags, .. other.Lags];
    }

    private static void Sum(long[] into, long[] other)
    {
        for (var index = 0; index < into.Length; index++)
            into[index] += other[index];
    }
}
