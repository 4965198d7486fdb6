using Gateway.Actors.Status;
using Prometheus;

namespace Gateway.Node.Admin.Metrics;

/// <summary>
/// Brings a histogram up to the loops' own classes. What a class has gained is observed as so many times its mean, which lies in the class,
/// so buckets and sum are both exact.
/// </summary>
internal sealed class PrometheusHistogram(IHistogram histogram)
{
    private readonly long[] _counts = new long[SetupTimes.Bounds.Length + 1];
    private readonly TimeSpan[] _sums = new TimeSpan[SetupTimes.Bounds.Length + 1];

    public void Show(SetupTimes times)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            var gained = times.Counts[index] - _counts[index];
            if (gained <= 0)
                continue;
            var took = times.Sum(index) - _sums[index];
            histogram.Observe(took.TotalSeconds / gained, gained);
            (_counts[index], _sums[index]) = (times.Counts[index], times.Sum(index));
        }
    }
}
