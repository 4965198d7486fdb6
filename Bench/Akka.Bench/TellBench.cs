using Akka.Actor;

namespace Akka.Bench;

/// <summary>A sender actor that tells without pause, and a receiver that counts.</summary>
internal static class TellBench
{
    private const int Messages = 3_000_000;

    public static async Task RunAsync()
    {
        var system = Measure.StartSystem();
        var receiver = system.ActorOf(Props.Create(() => new Counter(Messages)));
        var sender = system.ActorOf(Props.Create(() => new Flood(receiver, Messages)));
        await Measure.RunAsync("tell, one pair", Messages, () => sender.Ask<string>("go"));
        await system.Terminate();
    }

    private sealed class Flood(IActorRef receiver, int messages) : UntypedActor
    {
        private static readonly object Message = new();

        protected override void OnReceive(object message)
        {
            receiver.Tell(new Expect(Sender));
            for (var i = 0; i < messages; i++)
                receiver.Tell(Message, Self);
        }
    }

    private sealed record Expect(IActorRef Asker);

    private sealed class Counter(int messages) : UntypedActor
    {
        private int _left;
        private IActorRef _asker = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            if (message is Expect expect)
            {
                _left = messages;
                _asker = expect.Asker;
            }
            else if (--_left == 0)
            {
                _asker.Tell("done");
            }
        }
    }
}
