using Akka.Actor;

namespace Akka.Bench;

internal static class PingPongBench
{
    private const int Messages = 1_000_000;

    public static async Task RunAsync()
    {
        var system = Measure.StartSystem();
        var pong = system.ActorOf(Props.Create(() => new Pong()));
        var ping = system.ActorOf(Props.Create(() => new Ping(pong, Messages / 2)));
        await Measure.RunAsync("ping-pong, messages", Messages, () => ping.Ask<string>("go"));
        await system.Terminate();
    }

    private sealed class Ping(IActorRef pong, int rounds) : UntypedActor
    {
        private int _left;
        private IActorRef _asker = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            if (message is string)
            {
                _asker = Sender;
                _left = rounds;
                pong.Tell(this, Self);
            }
            else if (--_left == 0)
            {
                _asker.Tell("done");
            }
            else
            {
                pong.Tell(message, Self);
            }
        }
    }

    private sealed class Pong : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
