using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>A tick that nobody asks for is lost.</summary>
internal sealed class TickSource<T> : SourceStage<T>
{
    private readonly TimeSpan _initialDelay;
    private readonly TimeSpan _interval;
    private readonly T _tick;
    private ICancelable? _timer;

    public TickSource(Island island, TimeSpan initialDelay, TimeSpan interval, T tick) : base(island)
    {
        _initialDelay = initialDelay;
        _interval = interval;
        _tick = tick;
        Cancelable = new Cancelable(island.Materializer.System.Scheduler);
    }

    /// <summary>Completes the stream.</summary>
    public Cancelable Cancelable { get; }

    public override void PreStart()
    {
        Cancelable.Token.Register(() => Post(Out.Complete));
        _timer = Island.ScheduleRepeatedly(_initialDelay, _interval, () =>
        {
            if (Out.IsAvailable) Out.Push(_tick);
        });
    }

    public override void OnPull()
    {
    }

    public override void PostStop(Exception? abrupt) => _timer?.Cancel();
}
