using Akka.Configuration;
using Akka.Event;

namespace Akka.Remote;

/// <summary>
/// The φ accrual failure detector (Hayashibara et al., 2004): <c>φ = -log10(P(a heartbeat comes later than now))</c>, with a normal
/// distribution of the intervals seen so far. One φ more is a mistake ten times less likely. Safe to use from several threads.
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly Lock _lock = new();
    private readonly Clock _clock;
    private readonly double _threshold;
    private readonly double _minStdDeviation;
    private readonly double _acceptablePause;
    private readonly HeartbeatHistory _history;
    private long? _last;

    public PhiAccrualFailureDetector(
        double threshold,
        int maxSampleSize,
        TimeSpan minStdDeviation,
        TimeSpan acceptableHeartbeatPause,
        TimeSpan firstHeartbeatEstimate,
        Clock? clock = null)
    {
        Require(threshold > 0, nameof(threshold), "must be above 0");
        Require(maxSampleSize > 0, nameof(maxSampleSize), "must be above 0");
        Require(minStdDeviation > TimeSpan.Zero, nameof(minStdDeviation), "must be longer than 0s");
        Require(acceptableHeartbeatPause >= TimeSpan.Zero, nameof(acceptableHeartbeatPause), "must not be negative");
        Require(firstHeartbeatEstimate > TimeSpan.Zero, nameof(firstHeartbeatEstimate), "must be longer than 0s");
        _threshold = threshold;
        _minStdDeviation = minStdDeviation.TotalMilliseconds;
        _acceptablePause = acceptableHeartbeatPause.TotalMilliseconds;
        _clock = clock ?? DefaultClock;
        _history = new HeartbeatHistory(maxSampleSize);

        // Bootstrapped with a mean of the estimate and a wide deviation: environments differ until real samples are in.
        var mean = (long)firstHeartbeatEstimate.TotalMilliseconds;
        _history.Add(mean - (mean / 4));
        _history.Add(mean + (mean / 4));
    }

    /// <summary>Reads <c>threshold</c>, <c>max-sample-size</c>, <c>min-std-deviation</c>, <c>acceptable-heartbeat-pause</c> and <c>heartbeat-interval</c>.</summary>
    public PhiAccrualFailureDetector(Config config, EventStream ev)
        : this(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval"))
    {
    }

    public override bool IsAvailable
    {
        get
        {
            lock (_lock)
                return PhiAt(_clock()) < _threshold;
        }
    }

    public override bool IsMonitoring
    {
        get
        {
            lock (_lock)
                return _last is not null;
        }
    }

    /// <summary>The suspicion now; zero before the first heartbeat.</summary>
    internal double Phi
    {
        get
        {
            lock (_lock)
                return PhiAt(_clock());
        }
    }

    public override void HeartBeat()
    {
        lock (_lock)
        {
            var now = _clock();

            // An interval that was taken for a failure says nothing about the intervals of a node that is there.
            if (_last is { } last && PhiAt(now) < _threshold)
                _history.Add(now - last);
            _last = now;
        }
    }

    private double PhiAt(long now)
    {
        if (_last is not { } last)
            return 0;
        var mean = _history.Mean + _acceptablePause;
        var deviation = Math.Max(_history.StandardDeviation, _minStdDeviation);
        var late = now - last - mean;
        var y = late / deviation;

        // The logistic approximation of the cumulative normal distribution.
        var e = Math.Exp(-y * (1.5976 + (0.070566 * y * y)));
        return late > 0 ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - (1 / (1 + e)));
    }

    private static void Require(bool holds, string parameter, string problem)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(parameter, problem);
    }
}
