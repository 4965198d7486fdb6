using System.Diagnostics;

namespace Akka.Bench;

/// <summary>Must be the first in its process to say what a cold start costs.</summary>
internal static class StartBench
{
    public static async Task RunAsync()
    {
        var starts = new List<double>();
        var ends = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            var system = Measure.StartSystem();
            starts.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            clock = Stopwatch.GetTimestamp();
            await system.Terminate();
            ends.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        Measure.Print("start", $"first {starts[0]:F1} ms, then {starts.Skip(1).Average():F2} ms");
        Measure.Print("end", $"first {ends[0]:F1} ms, then {ends.Skip(1).Average():F2} ms");
    }
}
