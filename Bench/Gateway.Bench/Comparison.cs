using System.Net.Sockets;

namespace Gateway.Bench;

/// <summary>Measures the servers in turns, so that a machine that grows slower is unfair to none, and prints a table per mode.</summary>
internal static class Comparison
{
    public static int Run(BenchOptions options)
    {
        using var targets = new Targets();
        var modes = Mode.All.Where(mode => options.Modes.Length == 0 || options.Modes.Contains(mode.Name)).ToList();
        var servers = new List<RunningServer>();
        try
        {
            foreach (var spec in ServerSpec.All.Where(spec => options.Servers.Length == 0 || options.Servers.Contains(spec.Name)).Concat(options.Added))
            {
                if (RunningServer.Start(spec, targets.Tcp.Port, out var reason) is { } server)
                    servers.Add(server);
                else
                    Console.WriteLine($"{spec.Name}: left out: {reason}");
            }
            foreach (var mode in modes)
                Measure(mode, servers, targets, options);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
        return 0;
    }

    private static void Measure(Mode mode, List<RunningServer> servers, Targets targets, BenchOptions options)
    {
        var able = servers.Where(server => mode.Suits(server.Spec)).ToList();
        var results = able.ToDictionary(server => server, _ => new List<Measurement>());
        foreach (var server in able)
            MeasureOnce(mode, server, targets, Math.Min(1, options.Seconds));
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var server in able)
                results[server].Add(MeasureOnce(mode, server, targets, options.Seconds));
        }
        Console.WriteLine();
        Console.WriteLine($"{mode.Title}");
        Console.WriteLine($"{"",-20}{mode.CostUnit,14}{mode.RateUnit,14}   first / this");
        var first = 0.0;
        foreach (var server in able)
        {
            var cost = Median(results[server].Select(result => result.Cost));
            var rate = Median(results[server].Select(result => result.Rate));
            first = first == 0 ? cost : first;
            Console.WriteLine($"{server.Spec.Name,-20}{cost,14:F2}{rate,14:F1}{first / cost,15:F2}");
        }
    }

    private static Measurement MeasureOnce(Mode mode, RunningServer server, Targets targets, double seconds)
    {
        try
        {
            return mode.Measure(server, targets, seconds);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            Console.WriteLine($"{server.Spec.Name}: {mode.Name}: {failure.Message}");
            return new Measurement(double.NaN, 0);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
