using Akka.Actor;
using Akka.ClusterNode;
using Akka.Configuration;

// A node of a test cluster: akka-cluster-node HOST PORT SEEDS [HOCON]. Events go to the standard output, one a line; "leave" on the
// standard input, or its end, makes the node go.
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: Akka.ClusterNode HOST PORT SEED[,SEED…] [HOCON]");
    return 64;
}

var seeds = string.Join(", ", args[2].Split(',').Select(seed => $"\"akka.tcp://{EventPrinter.SystemName}@{seed}\""));
var config = ConfigurationFactory.ParseString(args.Length > 3 ? args[3] : "").WithFallback(ConfigurationFactory.ParseString($$"""
    akka {
      loglevel = WARNING
      actor.provider = cluster
      remote.dot-netty.tcp { hostname = "{{args[0]}}", port = {{args[1]}} }
      cluster.seed-nodes = [{{seeds}}]
    }
    """));
var system = ActorSystem.Create(EventPrinter.SystemName, config);
system.ActorOf(Props.Create(() => new EventPrinter()), "events");
system.ActorOf(Props.Create(() => new Echo()), "echo");
var commands = Task.Run(() =>
{
    while (Console.ReadLine() is { } line && line != "leave")
    {
    }
});
await Task.WhenAny(commands, system.WhenTerminated);
await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
EventPrinter.Print("Terminated");
return 0;
