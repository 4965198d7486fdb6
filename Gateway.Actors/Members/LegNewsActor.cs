using Akka.Actor;
using Gateway.Actors.Chains;

namespace Gateway.Actors.Members;

/// <summary>Tells the other members what this node learned of legs, and takes in what they did. What comes together travels together.</summary>
internal sealed class LegNewsActor : UntypedActor, IWithTimers
{
    public const string Name = "leg-news";

    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    private readonly LegHealth _legs;
    private readonly TopologyBoard _board;
    private readonly TimeProvider _time;
    private readonly List<LegNews> _gathered = [];
    private readonly Action<LegNews> _learned;

    public LegNewsActor(LegHealth legs, TopologyBoard board, TimeProvider time)
    {
        (_legs, _board, _time) = (legs, board, time);
        var self = Self;
        _learned = news => self.Tell(news);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => _legs.Learned += _learned;

    protected override void PostStop() => _legs.Learned -= _learned;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LegNews news:
                if (_gathered.Count == 0)
                    Timers.StartSingleTimer(nameof(Send), Send.Instance, Gathering);
                _gathered.Add(news);
                break;
            case Send:
                TellOthers();
                break;
            case LegsLearned learned:
                foreach (var news in learned.News)
                    _legs.Hear(news with { At = Now - news.At });
                break;
            case Unreadable:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(0);

    private void TellOthers()
    {
        var now = Now;
        foreach (var part in _gathered.Chunk(LegsLearned.MostNews))
        {
            var message = new LegsLearned([.. part.Select(news => news with { At = now - news.At })]);
            foreach (var member in _board.Current.Others.Where(member => member.IsReachable))
                Context.ActorSelection(member.PathOf(Name)).Tell(message, Self);
        }
        _gathered.Clear();
    }

    private sealed class Send
    {
        public static Send Instance { get; } = new();
    }
}
