using Akka.Bench;

var benches = new Dictionary<string, (string What, Func<Task> Run)>
{
    ["tell"] = ("one actor tells another on the default dispatcher", TellBench.RunAsync),
    ["ping-pong"] = ("two actors, one message between them", PingPongBench.RunAsync),
    ["ask"] = ("one ask after the other, from the pool", AskBench.RunAsync),
    ["create"] = ("create, watch and stop a child, then the next", CreateBench.RunAsync),
    ["idle"] = ("octets that an actor takes which waits", IdleBench.RunAsync),
    ["start"] = ("start and end of a local system, the first and the following", StartBench.RunAsync),
    ["spin"] = ("message to handled on a dispatcher with a thread that spins", SpinBench.RunAsync),
    ["remote-tell"] = ("one actor tells another in another system, over the loopback", RemoteTellBench.RunAsync),
    ["remote-ask"] = ("asks over the loopback, one after the other and many at once", RemoteAskBench.RunAsync),
    ["cluster-start"] = ("start of a cluster node, and until it is up", ClusterBench.StartAsync),
    ["converge"] = ("a cluster of 3 and of 10 nodes, until all see all up", ClusterBench.ConvergeAsync),
};

if (args.Length == 0 || args.Any(name => name != "all" && !benches.ContainsKey(name)))
{
    Console.Error.WriteLine("usage: Akka.Bench all | NAME...");
    foreach (var (name, bench) in benches)
        Console.Error.WriteLine($"  {name,-14} {bench.What}");
    return 64;
}

foreach (var name in args.Contains("all") ? benches.Keys.ToArray() : args)
    await benches[name].Run();
return 0;
