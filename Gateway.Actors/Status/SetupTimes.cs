namespace Gateway.Actors.Status;

/// <summary>How long sessions took from accept to their reply, by classes of duration. Written by one loop; copied there.</summary>
public sealed class SetupTimes
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private readonly long[] _ticks = new long[Bounds.Length + 1];

    /// <summary>Upper bounds of the classes in seconds; the last class has none.</summary>
    public static double[] Bounds { get; } = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10];

    /// <summary>How many in each class.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>What those of a class took together.</summary>
    public TimeSpan Sum(int index) => new(_ticks[index]);

    internal void Add(TimeSpan took)
    {
        var index = Array.BinarySearch(Bounds, took.TotalSeconds);
        index = index < 0 ? ~index : index;
        _counts[index]++;
        _ticks[index] += took.Ticks;
    }

    internal void Add(SetupTimes other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
            _ticks[index] += other._ticks[index];
        }
    }
}
