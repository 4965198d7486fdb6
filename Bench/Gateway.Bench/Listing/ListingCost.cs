using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>
/// What clients notice of an operator who looks: round trips through two gateways of a cluster that hold thousands of sessions each, while their
/// sessions are listed and filtered at the pace of the dashboard, and while nobody asks, in turns.
/// </summary>
internal static class ListingCost
{
    private const int Rounds = 10, Idle = 5000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    public static int Run()
    {
        using var echo = new EchoProcess();
        using var pair = new GatewayPair();
        var held = pair.Gateways.Select(gateway => Enumerable.Range(0, Idle).Select(_ => SocksDialogue.Connect(gateway, echo.Endpoint)).ToList()).ToList();
        using var requests = new PacedRequests(pair.Gateways, echo.Endpoint);
        using var operators = new OperatorPolls(pair.Door);
        Take(requests, pair, operators, isAsked: true);
        List<Figures> unasked = [], asked = [];
        for (var round = 0; round < Rounds; round++)
        {
            // Neither always first: a machine that grows slower is unfair to neither.
            foreach (var isAsked in round % 2 == 0 ? new[] { false, true } : [true, false])
                (isAsked ? asked : unasked).Add(Take(requests, pair, operators, isAsked));
        }
        Console.WriteLine($"2 gateways, {Idle} sessions each, a request of 64 octets through each every millisecond, medians of {Rounds} turns of {Turn.TotalSeconds:0} s; {operators.Answers} lists, the last told of {operators.Matched} sessions");
        Console.WriteLine("| | nobody asks | listed and filtered | ratio |");
        Console.WriteLine("|---|---|---|---|");
        Print("round trip, median, µs", figures => figures.Median);
        Print("round trip, 99 of 100 below, µs", figures => figures.High);
        Print("processor time of both gateways, ms a second", figures => figures.Cpu);
        held.ForEach(sockets => sockets.ForEach(socket => socket.Dispose()));
        return 0;

        void Print(string name, Func<Figures, double> of)
        {
            var ratio = Median(asked.Zip(unasked, (one, other) => of(one) / of(other)));
            Console.WriteLine($"| {name} | {Median(unasked.Select(of)):0.0} | {Median(asked.Select(of)):0.0} | {ratio:0.000} |");
        }
    }

    private static Figures Take(PacedRequests requests, GatewayPair pair, OperatorPolls operators, bool isAsked)
    {
        operators.IsAsking = isAsked;
        Thread.Sleep(300);
        requests.Forget();
        var (cpu, watch) = (pair.CpuSeconds, Stopwatch.StartNew());
        Thread.Sleep(Turn);
        var used = (pair.CpuSeconds - cpu) / watch.Elapsed.TotalSeconds;
        var times = requests.Forget();
        times.Sort();
        operators.IsAsking = false;
        return new(times[times.Count / 2], times[times.Count * 99 / 100], used * 1000);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Of one turn: µs, and milliseconds of processor time a second.</summary>
    private readonly record struct Figures(double Median, double High, double Cpu);
}
