using System.Diagnostics;

namespace Gateway.Bench;

/// <summary>One figure of a server.</summary>
/// <param name="Cost">CPU of the server per unit of work (or octets), in the mode's unit.</param>
/// <param name="Rate">Units of work per second, in the mode's unit.</param>
internal readonly record struct Measurement(double Cost, double Rate);

/// <summary>A kind of work.</summary>
internal abstract class Mode
{
    public static IReadOnlyList<Mode> All { get; } =
    [
        new ConnectMode(32), new ConnectMode(1000), new RequestMode(), new BulkMode(8, upload: false), new BulkMode(1, upload: false),
        new BulkMode(8, upload: true), new UdpMode(), new UdpStreamMode(), new IdleMode(),
    ];

    public abstract string Name { get; }

    public abstract string Title { get; }

    public abstract string CostUnit { get; }

    public abstract string RateUnit { get; }

    public virtual bool Suits(ServerSpec server) => true;

    public abstract Measurement Measure(RunningServer server, Targets targets, double seconds);

    /// <summary>Lets the work go on for a while and divides what the server used by what was done.</summary>
    /// <param name="server">The server.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="done">Units of work done so far.</param>
    /// <param name="costScale">From CPU seconds per unit to the mode's unit.</param>
    /// <param name="rateScale">From units per second to the mode's unit.</param>
    protected static Measurement During(RunningServer server, double seconds, Func<long> done, double costScale, double rateScale)
    {
        var (cpu, units, watch) = (server.CpuSeconds, done(), Stopwatch.StartNew());
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        var elapsed = watch.Elapsed.TotalSeconds;
        (cpu, units) = (server.CpuSeconds - cpu, done() - units);
        return new Measurement(units == 0 ? double.NaN : cpu / units * costScale, units / elapsed * rateScale);
    }
}
