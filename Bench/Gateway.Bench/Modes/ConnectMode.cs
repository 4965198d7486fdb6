namespace Gateway.Bench;

/// <summary>Connect, one octet there and back, close; so many at a time.</summary>
internal sealed class ConnectMode(int clients) : Mode
{
    public override string Name => clients == 32 ? "connect" : $"connect-{clients}";
    public override string Title => $"CONNECT + 1 octet + close, {clients} at a time";
    public override string CostUnit => "us CPU/conn";
    public override string RateUnit => "conn/s";

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var run = new ClientRun(server, targets, clients, 1, keepsOpen: false);
        Thread.Sleep(200);
        var result = During(server, seconds, () => run.Done, 1e6, 1);
        if (run.Failures > 0)
            Console.WriteLine($"{server.Spec.Name}: {run.Failures} failures beside {run.Done}");
        return result;
    }
}
