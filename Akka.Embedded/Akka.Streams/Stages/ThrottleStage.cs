using Akka.Actor;
using Akka.Streams.Fused;

namespace Akka.Streams.Stages;

/// <summary>A token bucket: full at first, one token each <c>per / cost</c>, at most <c>maximumBurst</c>.</summary>
internal sealed class ThrottleStage<T>(Island island, Connection<T> inlet, int cost, TimeSpan per, int maximumBurst, ThrottleMode mode)
    : FlowStage<T, T>(island, inlet)
{
    private readonly double _ticksPerToken = (double)per.Ticks / cost;
    private double _tokens = maximumBurst;
    private long _filled;
    private bool _isWaiting;
    private bool _finishing;
    private ICancelable? _timer;

    public override void PreStart() => _filled = Now;

    public override void OnPush(T element)
    {
        var delay = Spend();
        if (delay <= TimeSpan.Zero)
        {
            Out.Push(element);
        }
        else if (mode == ThrottleMode.Enforcing)
        {
            throw new OverflowException("Maximum throttle throughput exceeded.");
        }
        else
        {
            _isWaiting = true;
            _timer = Island.Schedule(delay, () => PushLate(element));
        }
    }

    public override void OnUpstreamFinish()
    {
        _finishing = true;
        if (!_isWaiting) Out.Complete();
    }

    public override void PostStop(Exception? abrupt) => _timer?.Cancel();

    private long Now => Island.Materializer.System.Scheduler.MonotonicClock.Ticks;

    /// <summary>Takes a token, on credit if there is none.</summary>
    /// <returns>When it will have been there.</returns>
    private TimeSpan Spend()
    {
        var now = Now;
        _tokens = Math.Min(maximumBurst, _tokens + ((now - _filled) / _ticksPerToken)) - 1;
        _filled = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)Math.Ceiling(-_tokens * _ticksPerToken));
    }

    private void PushLate(T element)
    {
        _isWaiting = false;
        if (Out.IsClosed) return;
        Out.Push(element);
        if (_finishing) Out.Complete();
    }
}
