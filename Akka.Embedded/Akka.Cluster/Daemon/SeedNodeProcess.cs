using Akka.Actor;
using Akka.Event;
using static Akka.Cluster.ClusterMessages;

namespace Akka.Cluster;

/// <summary>
/// Asks the seed nodes, again and again, which of them is in a cluster, and has this node join the first that says yes. When this node
/// is the first seed, and the others say no or nothing at all for <c>seed-node-timeout</c>, it forms a cluster of its own.
/// </summary>
internal sealed class SeedNodeProcess : UntypedActor, IWithTimers
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private readonly Cluster _cluster;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<Address> _silent;
    private readonly Address[] _others;
    private readonly bool _isFirst;
    private readonly long _started = Environment.TickCount64;
    private int _complaints;

    public SeedNodeProcess(Cluster cluster, IReadOnlyList<Address> seedNodes)
    {
        _cluster = cluster;
        _others = [.. seedNodes.Where(seed => !seed.Equals(cluster.SelfAddress)).Distinct()];
        _silent = [.. _others];
        _isFirst = seedNodes[0].Equals(cluster.SelfAddress);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var timeout = _cluster.Settings.SeedNodeTimeout;
        if (_isFirst)
            Timers.StartSingleTimer(nameof(FormAlone), new FormAlone(), timeout);
        else
            Timers.StartPeriodicTimer(nameof(Complain), new Complain(), timeout);
        Timers.StartPeriodicTimer(nameof(Ask), new Ask(), timeout > AskEvery ? AskEvery : timeout);
        AskSeedNodes();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ask:
                AskSeedNodes();
                break;
            case Complain:
                ComplainOfSilence();
                break;
            case FormAlone:
                Finish(_cluster.SelfAddress);
                break;
            case InitJoinAck ack:
                Finish(ack.From);
                break;
            case InitJoinNack nack:
                _silent.Remove(nack.From);
                if (_isFirst && _silent.Count == 0)
                    Finish(_cluster.SelfAddress);
                break;
        }
    }

    private void AskSeedNodes()
    {
        foreach (var seed in _others)
            _cluster.ActorAt(seed, MembershipActor.Name).Tell(new InitJoin());
    }

    private void ComplainOfSilence()
    {
        _log.Warning(
            "Cluster Node [{0}] - Couldn't join seed nodes after [{1}] attempts, will try again. seed-nodes=[{2}]",
            _cluster.SelfAddress, ++_complaints, string.Join(",", _others.AsEnumerable()));
        var patience = _cluster.Settings.ShutdownAfterUnsuccessfulJoinSeedNodes;
        if (patience is not null && Environment.TickCount64 - _started > patience.Value.TotalMilliseconds)
        {
            _log.Warning("Cluster Node [{0}] - Joining of seed-nodes [{1}] was unsuccessful after [{2}]. Running CoordinatedShutdown.",
                _cluster.SelfAddress, string.Join(",", _others.AsEnumerable()), patience);
            _ = CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);
        }
    }

    private void Finish(Address address)
    {
        Context.Parent.Tell(new ClusterCommands.JoinTo(address));
        Context.Stop(Self);
    }

    private sealed record Ask;

    private sealed record Complain;

    private sealed record FormAlone;
}
