using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.SBR;

/// <summary>
/// Waits until a split has been stable for long enough; then the leader of each side applies the strategy.
/// <code>Calm → Split → (stable-after without a change) → decided</code>
/// </summary>
internal sealed class SplitBrainResolver : UntypedActor, IWithTimers
{
    private readonly Cluster _cluster;
    private readonly SplitBrainResolverSettings _settings;
    private readonly DowningStrategy _strategy;
    private readonly Instability _instability;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private long _stableSince;

    public SplitBrainResolver(Cluster cluster, SplitBrainResolverSettings settings)
    {
        _cluster = cluster;
        _settings = settings;
        _strategy = settings.CreateStrategy();
        _instability = new Instability(settings.DowningStableAfter, settings.DownAllWhenUnstable);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(_settings.DowningStableAfter.Ticks / 5, TimeSpan.TicksPerMillisecond * 50, TimeSpan.TicksPerSecond));
        Timers.StartPeriodicTimer(nameof(Tick), new Tick(), interval);
        Restart();
        _cluster.Subscribe(Self, InitialStateAsEvents, typeof(IClusterDomainEvent));
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                Consider(_cluster.Membership);
                break;
            case IReachabilityEvent:
                _instability.Changed(Now, PartitionView.Of(_cluster.Membership));
                Restart();
                break;
            case MemberUp or MemberWeaklyUp or MemberJoined or MemberLeft or MemberExited or MemberRemoved or LeaderChanged:
                Restart();
                break;
        }
    }

    private static long Now => Environment.TickCount64;

    private void Restart() => _stableSince = Now;

    private void Consider(MembershipState state)
    {
        var view = PartitionView.Of(state);
        _instability.Look(view);
        if (view.IsWhole || !state.IsLeader || state.SelfStatus is MemberStatus.Joining or MemberStatus.Removed or MemberStatus.Down)
            return;
        if (_instability.HasLastedTooLong(Now))
            Act(view, view.Members, "the cluster has been unstable for too long");
        else if (Now - _stableSince >= _settings.DowningStableAfter.TotalMilliseconds)
            Act(view, _strategy.NodesToDown(view), $"{_settings.DowningStrategy}");
    }

    private void Act(PartitionView view, IReadOnlyCollection<Member> nodes, string reason)
    {
        _log.Warning(
            "Split brain resolver ({0}) downs [{1}] of [{2}], unreachable [{3}]",
            reason, Addresses(nodes), Addresses(view.Members), Addresses(view.Unreachable));

        // This node last: once it is down it decides nothing any more.
        foreach (var node in nodes.OrderBy(node => node.UniqueAddress == _cluster.SelfUniqueAddress))
            _cluster.Down(node.Address);
        Restart();
        _instability.Reset();
    }

    private static string Addresses(IEnumerable<Member> members) => string.Join(", ", members.Select(member => member.Address));

    private sealed record Tick;
}
