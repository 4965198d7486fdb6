using Gateway.Bench;

return args switch
{
    ["floor", var port, .. var rest] => FloorServer.Run(ushort.Parse(port), rest is [var loops] ? int.Parse(loops) : 0),
    ["decide", .. var rest] => DecideBench.Run(rest is [var routes] ? int.Parse(routes) : 50),
    ["chain", .. var rest] => ChainBench.Run(rest is [var hops] ? int.Parse(hops) : 3),
    ["client"] => ClientBench.Run(),
    ["chain-latency", .. var rest] => ChainLatency.Run(TimeSpan.FromMilliseconds(rest is [var delay] ? double.Parse(delay) : 20)),
    ["chain-cost"] => ChainCost.Run(),
    ["listing"] => ListingCost.Run(),
    ["echo"] => EchoProcess.Run(),
    ["soak", var minutes] => SoakRun.Run(TimeSpan.FromMinutes(double.Parse(minutes))),
    ["killing", .. var rest] when KillingOptions.Parse(rest) is { } options => KillingRun.Run(options),
    ["partition"] => PartitionRun.Run(),
    ["run", .. var rest] => Comparison.Run(BenchOptions.Parse(rest)),
    _ => BenchOptions.Usage(),
};
