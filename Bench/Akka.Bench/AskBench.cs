using System.Diagnostics;
using Akka.Actor;

namespace Akka.Bench;

internal static class AskBench
{
    private const int Asks = 300_000;

    public static async Task RunAsync()
    {
        var system = Measure.StartSystem();
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var times = new long[Asks];
        await Measure.RunAsync("ask", Asks, () => Task.Run(async () =>
        {
            for (var i = 0; i < Asks; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await echo.Ask<string>("hello");
                times[i] = Stopwatch.GetTimestamp() - start;
            }
        }));
        Array.Sort(times);
        Measure.Print("ask, one", $"p50 {Nanoseconds(times, 0.5):F0} ns, p99 {Nanoseconds(times, 0.99):F0} ns");
        await system.Terminate();
    }

    private static double Nanoseconds(long[] sorted, double quantile) =>
        sorted[(int)(sorted.Length * quantile)] * 1e9 / Stopwatch.Frequency;

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
