using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>What is known of one leg. Safe from any thread; what candidates are ordered by is read without a lock.</summary>
internal sealed class LegRecord
{
    /// <summary>Of the newest measurement in the moving average.</summary>
    private const double NewestWeight = 0.2;

    private readonly Lock _gate = new();
    private long _due;
    private long _latency = -1;
    private int _failures;
    private int _silences;
    private bool _isOnTrial;
    private TimeSpan _learned = TimeSpan.MinValue;

    /// <summary>In a row; 0 while the leg is usable.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public bool IsEjected => Failures > 0;

    public TimeSpan Due => new(Volatile.Read(ref _due));

    public TimeSpan? Latency => Volatile.Read(ref _latency) is >= 0 and var ticks ? new TimeSpan(ticks) : null;

    /// <summary>Says whether others should hear of it.</summary>
    public bool Take(LegOutcome outcome, TimeSpan took, TimeSpan now, LegHealth health)
    {
        lock (_gate)
        {
            if (outcome == LegOutcome.Alive)
            {
                Measure(took);
                return Turn(false, now, health);
            }
            return (outcome == LegOutcome.Failed || ++_silences >= 2) && Turn(true, now, health);
        }
    }

    public void Hear(LegNews news, LegHealth health)
    {
        lock (_gate)
            if (news.At > _learned)
                Turn(news.IsEjected, news.At, health);
    }

    public bool TryBeginTrial(TimeSpan now, LegHealth health)
    {
        lock (_gate)
        {
            if (!IsEjected || now < Due)
                return false;
            _isOnTrial = true;
            Volatile.Write(ref _due, (now + DelayAfter(_failures, health)).Ticks);
            return true;
        }
    }

    public void Restore()
    {
        lock (_gate)
            Clear();
    }

    /// <summary>Failures other than a trial's, before the leg's time has come, belong to the one already counted: connections fail together.</summary>
    private bool Turn(bool isEjected, TimeSpan at, LegHealth health)
    {
        _learned = at;
        if (!isEjected)
        {
            var returned = IsEjected;
            Clear();
            return returned;
        }
        if (IsEjected && at < Due && !_isOnTrial)
            return false;
        _isOnTrial = false;
        Volatile.Write(ref _due, (at + DelayAfter(_failures, health)).Ticks);
        Volatile.Write(ref _failures, _failures + 1);
        return true;
    }

    private void Clear()
    {
        (_silences, _isOnTrial) = (0, false);
        Volatile.Write(ref _failures, 0);
    }

    private void Measure(TimeSpan took)
    {
        var average = _latency < 0 ? took.Ticks : (long)(_latency + (took.Ticks - _latency) * NewestWeight);
        Volatile.Write(ref _latency, average);
    }

    private static TimeSpan DelayAfter(int failures, LegHealth health)
    {
        var delay = health.FirstDelay * (1L << Math.Min(failures, 30));
        return delay < health.LongestDelay ? delay : health.LongestDelay;
    }
}
