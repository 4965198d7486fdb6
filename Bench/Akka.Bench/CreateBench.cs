using Akka.Actor;

namespace Akka.Bench;

internal static class CreateBench
{
    private const int Actors = 200_000;

    public static async Task RunAsync()
    {
        foreach (var (name, child) in new[]
        {
            ("UntypedActor", Props.Create(() => new Untyped())),
            ("ReceiveActor", Props.Create(() => new Receiving())),
        })
        {
            var system = Measure.StartSystem();
            var parent = system.ActorOf(Props.Create(() => new Parent(child)));
            await Measure.RunAsync($"create+watch+stop, {name}", Actors, () => parent.Ask<string>(Actors));
            await system.Terminate();
        }
    }

    /// <summary>Keeps a few children in flight, as a listener does.</summary>
    private sealed class Parent(Props child) : UntypedActor
    {
        private const int InFlight = 100;

        private int _toCreate;
        private int _toDie;
        private IActorRef _asker = ActorRefs.Nobody;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case int actors:
                    _asker = Sender;
                    _toCreate = _toDie = actors;
                    for (var i = 0; i < InFlight; i++)
                        CreateOne();
                    break;
                case Terminated:
                    if (--_toDie == 0)
                        _asker.Tell("done");
                    else if (_toCreate > 0)
                        CreateOne();
                    break;
            }
        }

        private void CreateOne()
        {
            _toCreate--;
            var actor = Context.ActorOf(child);
            Context.Watch(actor);
            Context.Stop(actor);
        }
    }

    internal sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    internal sealed class Receiving : ReceiveActor
    {
        public Receiving()
        {
            Receive<string>(_ => { });
            Receive<int>(_ => { });
            Receive<Terminated>(_ => { });
        }
    }
}
