using Akka.Actor;

namespace Akka.Streams.Fused;

/// <summary>All stages of one materialized stream. They run within one actor, one event after the other, and need no locks.</summary>
internal sealed class Island(IslandMaterializer materializer)
{
    /// <summary>Events in one go; then the actor lets others have the thread.</summary>
    private const int Limit = 1_000;

    private readonly List<Stage> _stages = [];
    private readonly Queue<Connection> _events = new();
    private int _open;

    public IslandMaterializer Materializer { get; } = materializer;

    public IActorRef Self { get; private set; } = ActorRefs.Nobody;

    /// <summary>Every edge is closed, and nobody holds the island.</summary>
    public bool IsDone => _open == 0;

    public void Add(Stage stage) => _stages.Add(stage);

    public Connection<T> Connect<T>(IUpstream upstream)
    {
        _open++;
        return new Connection<T>(this) { Upstream = upstream };
    }

    /// <summary>Keeps the actor alive although the edges of a stage may close, until <see cref="Closed"/>.</summary>
    public void Hold() => _open++;

    public void Closed() => _open--;

    public void Enqueue(Connection connection)
    {
        if (connection.IsQueued) return;
        connection.IsQueued = true;
        _events.Enqueue(connection);
    }

    public void Post(Action action) => Self.Tell(action, ActorRefs.NoSender);

    public ICancelable Schedule(TimeSpan delay, Action action) =>
        Materializer.System.Scheduler.ScheduleTellOnceCancelable(delay, Self, action, ActorRefs.NoSender);

    public ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Materializer.System.Scheduler.ScheduleTellRepeatedlyCancelable(initialDelay, interval, Self, action, ActorRefs.NoSender);

    /// <summary>Has the actor tell when another one ends; call it within the actor.</summary>
    public Action<IActorRef, Action> Watch { get; set; } = (_, _) => { };

    public void BelongsTo(IActorRef self) => Self = self;

    public void Start()
    {
        foreach (var stage in _stages)
        {
            try
            {
                stage.PreStart();
            }
            catch (Exception cause)
            {
                stage.FailStage(cause);
            }
        }
    }

    /// <summary>Delivers what there is to deliver.</summary>
    /// <returns>Whether something is left.</returns>
    public bool Run()
    {
        for (var i = 0; i < Limit && _events.TryDequeue(out var connection); i++)
        {
            connection.IsQueued = false;
            connection.Deliver();
        }
        return _events.Count > 0;
    }

    public void Stop()
    {
        var abrupt = IsDone ? null : new AbruptTerminationException(Self);
        foreach (var stage in _stages) stage.PostStop(abrupt);
    }
}
