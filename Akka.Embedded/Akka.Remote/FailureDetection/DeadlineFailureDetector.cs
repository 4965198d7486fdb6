using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>Gives up when no heartbeat came within the interval and the acceptable pause.</summary>
public class DeadlineFailureDetector : FailureDetector
{
    private readonly Clock _clock;
    private readonly long _patience;
    private long _last = long.MinValue;

    public DeadlineFailureDetector(TimeSpan acceptableHeartbeatPause, TimeSpan heartbeatInterval, Clock? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(acceptableHeartbeatPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(heartbeatInterval, TimeSpan.Zero);
        _patience = (long)(acceptableHeartbeatPause + heartbeatInterval).TotalMilliseconds;
        _clock = clock ?? DefaultClock;
    }

    /// <summary>Reads <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    public DeadlineFailureDetector(Config config, EventStream eventStream)
        : this(config.GetTimeSpan("acceptable-heartbeat-pause"), config.GetTimeSpan("heartbeat-interval"))
    {
    }

    public override bool IsAvailable => !IsMonitoring || _clock() - Interlocked.Read(ref _last) < _patience;

    public override bool IsMonitoring => Interlocked.Read(ref _last) != long.MinValue;

    public override void HeartBeat() => Interlocked.Exchange(ref _last, _clock());
}
