namespace Gateway.Bench;

/// <summary>64 octets there and back, over and over, on 64 connections.</summary>
internal sealed class RequestMode : Mode
{
    public override string Name => "request";
    public override string Title => "64-octet request and response, 64 connections";
    public override string CostUnit => "us CPU/rt";
    public override string RateUnit => "rt/s";

    public override Measurement Measure(RunningServer server, Targets targets, double seconds)
    {
        using var run = new ClientRun(server, targets, 64, 64, keepsOpen: true);
        Thread.Sleep(300);
        return During(server, seconds, () => run.Done, 1e6, 1);
    }
}
