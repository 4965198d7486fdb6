using System.Diagnostics;
using System.Globalization;
using Akka.Actor;

namespace Akka.Bench;

/// <summary>Repeats a round, prints the best and the middle one, and the least processor time: on a busy machine that says most.</summary>
internal static class Measure
{
    private const string Quiet = "akka { loglevel = WARNING, log-dead-letters = off, coordinated-shutdown.run-by-clr-shutdown-hook = off }";

    public static ActorSystem StartSystem(string more = "") => ActorSystem.Create("bench", Configuration.ConfigurationFactory.ParseString(Quiet + "\n" + more));

    /// <param name="name">Printed before the figures.</param>
    /// <param name="operations">In each round.</param>
    /// <param name="round">What is measured.</param>
    /// <param name="rounds">Besides two to warm up.</param>
    public static async Task RunAsync(string name, int operations, Func<Task> round, int rounds = 7)
    {
        var times = new List<double>();
        var work = new List<double>();
        long allocated = 0;
        for (var i = -2; i < rounds; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var processor = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.GetTimestamp();
            await round();
            var elapsed = Stopwatch.GetElapsedTime(clock).TotalNanoseconds / operations;
            allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / operations;
            if (i < 0)
                continue;
            times.Add(elapsed);
            work.Add((Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / operations);
        }

        times.Sort();
        work.Sort();
        Print(name, $"best {times[0]:F0} ns, middle {times[times.Count / 2]:F0} ns, {1000 / times[0]:F2} million/s, {work[0]:F0} ns of processor, {allocated} B each");
    }

    public static void Print(string name, FormattableString figures) =>
        Console.WriteLine($"{name,-28} {figures.ToString(CultureInfo.InvariantCulture)}");
}
