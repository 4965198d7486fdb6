using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;

namespace Gateway.Actors.Members;

/// <summary>
/// This node's part in the cluster: it greets everybody on the <see cref="Roster"/>, hears their greetings and the cluster's events, and shows
/// the <see cref="Topology"/> that follows. It sees to it that the node is in a cluster, and that there is one cluster only.
/// <code>
/// Meeting ──farewell, or another process goes on──► Silent
///    └──another cluster to join──► Silent ──► (the next life)
/// </code>
/// </summary>
internal sealed class MemberActor : UntypedActor, IWithTimers
{
    public const string Name = "member";

    private readonly MemberTerms _terms;
    private readonly string? _hint;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Incarnation _self;
    private TimeSpan _tried;
    private int _tries;

    /// <param name="terms">What outlives this actor.</param>
    /// <param name="hint">The address of a member whose cluster to join; null: any of the seed nodes'.</param>
    public MemberActor(MemberTerms terms, string? hint)
    {
        (_terms, _hint) = (terms, hint);
        _self = IncarnationOf(_cluster.SelfUniqueAddress);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _terms.Roster.Rebirth(_self.Address);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _terms.Timing.Greeting);
        Join();
        Greet(everybody: true);
        Show();
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Tick:
                Meet();
                break;
            case Greeting greeting when greeting.Member.Incarnation.Address == Sender.Path.Address.ToString():
                Hear(greeting);
                break;
            case Farewell farewell when farewell.Incarnation.Address == Sender.Path.Address.ToString():
                _terms.Roster.Part(farewell.Incarnation);
                Show();
                break;
            case ClusterEvent.IMemberEvent change:
                Follow(change);
                Show();
                break;
            case ClusterEvent.UnreachableMember unreachable:
                _terms.Roster.Suspect(IncarnationOf(unreachable.Member.UniqueAddress));
                Show();
                break;
            case ClusterEvent.ReachableMember or Greeting or Farewell or Unreadable:
                break;
            case AnnounceNow:
                Greet(everybody: true);
                Show();
                break;
            case FallSilent:
                Become(Silent);
                Sender.Tell(Done.Instance);
                break;
            case SayFarewell:
                Tell(_terms.Roster.TakeGreetable(_terms.Now, everybody: true), _ => new Farewell(_self));
                Become(Silent);
                Sender.Tell(Done.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Silent(object message)
    {
        if (message is SayFarewell or FallSilent)
            Sender.Tell(Done.Instance);
    }

    private void Meet()
    {
        Greet(everybody: false);
        Show();
        if (_terms.Roster.YieldsTo(_terms.Now) is { } other)
        {
            _log.Info("{0} is in another cluster, which this node joins", other);
            Become(Silent);
            _terms.YieldTo(other);
        }
        else if (!_terms.Roster.IsJoined && _terms.Now - _tried >= Patience)
        {
            Join();
        }
    }

    private void Hear(Greeting greeting)
    {
        var isNew = _terms.Roster.Hear(greeting, _terms.Now);
        Show();
        if (!isNew)
            return;
        Tell([greeting.Member.Incarnation.Address], NextGreeting());
        if (_terms.Board.Current.Members.Count(member => member.Name == greeting.Member.Name) > 1)
            _log.Warning("more than one node is called {0}, among them {1}: legs and logs cannot tell them apart (node.name)", greeting.Member.Name, greeting.Member.Incarnation.Address);
    }

    private void Follow(ClusterEvent.IMemberEvent change)
    {
        var member = IncarnationOf(change.Member.UniqueAddress);
        var isCounted = change.Member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up or MemberStatus.Leaving;
        if (member == _self)
        {
            _terms.Roster.SelfCounts(isCounted);
            Greet(everybody: true);
        }
        else if (isCounted)
        {
            _terms.Roster.Count(member);
            if (change is ClusterEvent.MemberJoined or ClusterEvent.MemberUp)
                Tell([member.Address], NextGreeting());
        }
        else if (change is ClusterEvent.MemberRemoved removed)
        {
            _terms.Roster.Uncount(member, removed.PreviousStatus == MemberStatus.Down, _terms.Now);
        }
    }

    private TimeSpan Patience => _cluster.Settings.SeedNodeTimeout is var akka && akka * 1.5 > _terms.Timing.Join ? akka * 1.5 : _terms.Timing.Join;

    /// <summary>
    /// Into the cluster of whoever is known to be in one, or the seed nodes'. When none of those answers for long, one of the nodes that are
    /// there forms a cluster without them.
    /// </summary>
    private void Join()
    {
        var joinable = _hint is not null && _tries == 0 ? [_hint] : _terms.Roster.Joinable(_terms.Now);
        if (joinable.Count > 0)
            _cluster.JoinSeedNodes(joinable.Select(Address.Parse));
        else if (_tries >= 2 && _terms.Roster.IsFirst(_terms.Now))
            _cluster.Join(_cluster.SelfAddress);
        else
            _cluster.JoinSeedNodes(_terms.SeedNodes.Select(Address.Parse));
        (_tried, _tries) = (_terms.Now, _tries + 1);
    }

    private void Greet(bool everybody) => Tell(_terms.Roster.TakeGreetable(_terms.Now, everybody), NextGreeting());

    private Func<string, IMemberMessage> NextGreeting()
    {
        var member = Describe();
        var view = _terms.Roster.View(_terms.Now);
        return to => new Greeting(member, view, _terms.Roster.Counts(to));
    }

    private void Tell(IEnumerable<string> addresses, Func<string, IMemberMessage> message)
    {
        foreach (var address in addresses)
            Context.ActorSelection(new RootActorPath(Address.Parse(address)) / "user" / Name).Tell(message(address), Self);
    }

    private void Show()
    {
        var self = Describe();
        List<Member> others = [.. _terms.Roster.Members(_terms.Now)];
        _terms.Board.Update(topology => topology.With(self, others));
    }

    private MemberAnnouncement Describe() => _terms.Identity.Describe(_self, _cluster.SelfAddress.Host);

    private static Incarnation IncarnationOf(UniqueAddress member) => new(member.Address.ToString(), member.Uid);

    private sealed class Tick
    {
        public static Tick Instance { get; } = new();
    }
}
