using Akka.Actor;
using Akka.Cluster;

namespace Akka.ClusterNode;

/// <summary>
/// Prints what the cluster tells: <c>NAME HOST:PORT</c>, as in <c>MemberUp 127.0.0.1:4001</c>. It also watches the echo of every other
/// member, prints <c>Watching HOST:PORT</c>, <c>Gone HOST:PORT</c> when that has ended, and <c>Settled</c> when
/// all members have seen the same and none is unreachable.
/// </summary>
public sealed class EventPrinter : UntypedActor, IWithTimers
{
    public const string SystemName = "lab";

    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);

    /// <summary>Of members that are up. The state of the cluster is written by somebody else, sometimes after the events have come here.</summary>
    private readonly HashSet<Address> _up = [];

    private bool _settled;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>One line, at once.</summary>
    public static void Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IClusterDomainEvent));
        _cluster.RegisterOnMemberUp(() => Print("Up"));
        Timers.StartPeriodicTimer(nameof(Check), new Check(), TimeSpan.FromMilliseconds(100));
    }

    protected override void OnReceive(object message)
    {
        if (message is not Check)
            _settled = false;
        switch (message)
        {
            case Check:
                PrintWhenSettled();
                break;
            case ClusterEvent.MemberUp up:
                Print($"MemberUp {Of(up.Member)}");
                _up.Add(up.Member.Address);
                LookFor(up.Member.Address);
                break;
            case ClusterEvent.IMemberEvent happened:
                if (happened is ClusterEvent.MemberRemoved)
                    _up.Remove(happened.Member.Address);
                Print($"{happened.GetType().Name} {Of(happened.Member)}");
                break;
            case ClusterEvent.ReachabilityEvent happened:
                Print($"{happened.GetType().Name} {Of(happened.Member)}");
                break;
            case ClusterEvent.LeaderChanged changed:
                Print($"LeaderChanged {(changed.Leader is null ? "nobody" : $"{changed.Leader.Host}:{changed.Leader.Port}")}");
                break;
            case Look(var address):
                LookFor(address);
                break;
            case ActorIdentity { Subject: { } echo } when Timers.IsTimerActive(echo.Path.Address):
                Timers.Cancel(echo.Path.Address);
                Context.Watch(echo);
                Print($"Watching {echo.Path.Address.Host}:{echo.Path.Address.Port}");
                break;
            case Terminated gone:
                Print($"Gone {gone.ActorRef.Path.Address.Host}:{gone.ActorRef.Path.Address.Port}");
                break;
        }
    }

    private void PrintWhenSettled()
    {
        var state = _cluster.State;
        var settled = state.Unreachable.IsEmpty && state.Members.Count > 0 && state.SeenBy.Count == state.Members.Count;
        if (settled && !_settled)
            Print("Settled");
        _settled = settled;
    }

    /// <summary>Asks until there is an answer: each question can be lost.</summary>
    private void LookFor(Address address)
    {
        if (address == _cluster.SelfAddress || !_up.Contains(address))
            return;
        Context.ActorSelection(new RootActorPath(address) / "user" / "echo").Tell(new Identify(null!));
        Timers.StartSingleTimer(address, new Look(address), TimeSpan.FromSeconds(1));
    }

    private static string Of(Member member) => $"{member.Address.Host}:{member.Address.Port}";

    private sealed record Check;

    private sealed record Look(Address Address);
}
