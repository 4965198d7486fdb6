using Akka.Actor;

namespace Akka.Bench;

/// <summary>Counts all that an actor adds to the heap, its place among its siblings included, after it has handled one message.</summary>
internal static class IdleBench
{
    private const int Actors = 100_000;

    public static async Task RunAsync()
    {
        await CountAsync("UntypedActor", Props.Create(() => new Untyped()));
        await CountAsync("ReceiveActor", Props.Create(() => new CreateBench.Receiving()));
    }

    private static async Task CountAsync(string name, Props child)
    {
        var system = Measure.StartSystem();
        var parent = system.ActorOf(Props.Create(() => new Parent(child)));
        await parent.Ask<string>(1);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await parent.Ask<string>(Actors);
        await Task.Delay(500);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Measure.Print($"idle {name}", $"{(after - before) / (double)Actors:F0} B each");
        await system.Terminate();
    }

    private sealed class Parent(Props child) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            for (var i = 0; i < (int)message; i++)
                Context.ActorOf(child).Tell("hello");
            Sender.Tell("done");
        }
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
