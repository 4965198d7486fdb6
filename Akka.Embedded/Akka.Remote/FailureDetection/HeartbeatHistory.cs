namespace Akka.Remote;

/// <summary>The latest intervals between heartbeats, their mean and standard deviation. Milliseconds.</summary>
internal sealed class HeartbeatHistory(int capacity)
{
    private readonly Queue<long> _intervals = new();
    private double _sum;
    private double _squaredSum;

    public double Mean => _sum / _intervals.Count;

    public double StandardDeviation => Math.Sqrt(Math.Max(0, (_squaredSum / _intervals.Count) - (Mean * Mean)));

    public void Add(long interval)
    {
        if (_intervals.Count == capacity)
        {
            var oldest = (double)_intervals.Dequeue();
            _sum -= oldest;
            _squaredSum -= oldest * oldest;
        }

        _intervals.Enqueue(interval);
        _sum += interval;
        _squaredSum += (double)interval * interval;
    }
}
