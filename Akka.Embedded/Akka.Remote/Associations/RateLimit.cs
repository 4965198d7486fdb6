namespace Akka.Remote.Associations;

/// <summary>Lets a few through in each period and counts the rest, so that hostile input cannot fill the log.</summary>
internal sealed class RateLimit(int perPeriod, TimeSpan period, Clock clock)
{
    private readonly Lock _lock = new();
    private long _periodStart;
    private int _passed;
    private int _suppressed;

    /// <param name="suppressed">How many were held back since the last that passed.</param>
    public bool TryPass(out int suppressed)
    {
        lock (_lock)
        {
            var now = clock();
            if (now - _periodStart >= period.TotalMilliseconds)
            {
                _periodStart = now;
                _passed = 0;
            }

            suppressed = _suppressed;
            if (_passed == perPeriod)
            {
                _suppressed++;
                return false;
            }

            _passed++;
            _suppressed = 0;
            return true;
        }
    }
}
