using System.Diagnostics;
using Akka.Actor;

namespace Akka.Bench;

internal static class RemoteAskBench
{
    private const int Asks = 10_000;
    private const int AtOnce = 64;

    public static async Task RunAsync()
    {
        var pair = new RemotePair();
        pair.There.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = await pair.Find("echo");
        var times = new long[Asks];
        await Measure.RunAsync("remote ask", Asks, () => Task.Run(async () =>
        {
            for (var i = 0; i < Asks; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await echo.Ask<string>("hello");
                times[i] = Stopwatch.GetTimestamp() - start;
            }
        }));
        Array.Sort(times);
        Measure.Print("remote ask, one", $"p50 {Microseconds(times, 0.5):F1} µs, p99 {Microseconds(times, 0.99):F1} µs");
        await Measure.RunAsync($"remote ask, {AtOnce} at once", Asks, () => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Asks / AtOnce; i++)
                await echo.Ask<string>("hello");
        }))));
        await pair.End();
    }

    private static double Microseconds(long[] sorted, double quantile) => sorted[(int)(sorted.Length * quantile)] * 1e6 / Stopwatch.Frequency;

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
