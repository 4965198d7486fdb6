using Gateway.Actors.Status;

namespace Gateway.Node.Metrics;

/// <summary>Takes the numbers of all metrics, one pass after the other.</summary>
internal interface IMetricSink
{
    /// <param name="metric">A gauge or a counter.</param>
    /// <param name="labels">One value for each of the metric's labels.</param>
    void Show(Metric metric, double value, params string[] labels);

    /// <param name="metric">A histogram.</param>
    /// <param name="labels">One value for each of the metric's labels.</param>
    void Show(Metric metric, SetupTimes times, params string[] labels);
}
