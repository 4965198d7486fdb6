using Akka.Actor;
using Akka.Cluster;

namespace Gateway.Actors.Members;

/// <summary>
/// Gives up a member that nobody of this side has reached for <c>cluster.give-up-after</c>, whatever the size of either side: every part of
/// a cluster that fell apart keeps serving, and parts that meet again become one (<see cref="Roster.YieldsTo"/>). Nobody ever gives up itself.
/// </summary>
internal sealed class PatientDowning : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly TimeSpan _patience;
    private readonly Dictionary<UniqueAddress, long> _unreachableSince = [];

    public PatientDowning(Cluster cluster, TimeSpan patience) => (_cluster, _patience) = (cluster, patience);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var interval = _patience / 5 < TimeSpan.FromSeconds(1) ? _patience / 5 : TimeSpan.FromSeconds(1);
        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, interval);
    }

    protected override void OnReceive(object message)
    {
        if (message is not Look)
        {
            Unhandled(message);
            return;
        }
        var state = _cluster.State;
        var now = Environment.TickCount64;
        var unreachable = state.Unreachable.Select(member => member.UniqueAddress).ToHashSet();
        foreach (var back in _unreachableSince.Keys.Where(member => !unreachable.Contains(member)).ToList())
            _unreachableSince.Remove(back);
        foreach (var member in unreachable)
            _unreachableSince.TryAdd(member, now);
        if (!_cluster.SelfAddress.Equals(state.Leader))
            return;
        foreach (var (member, since) in _unreachableSince)
            if (now - since >= _patience.TotalMilliseconds)
                _cluster.Down(member.Address);
    }

    private sealed class Look
    {
        public static Look Instance { get; } = new();
    }
}
