using Akka.Actor;

namespace Akka.Streams.Fused;

/// <summary>Runs an island: <c>Start</c>, then actions posted to it, until every edge is closed.</summary>
internal sealed class IslandActor : UntypedActor
{
    private readonly Island _island;
    private readonly Dictionary<IActorRef, Action> _watched = [];

    public IslandActor(Island island)
    {
        _island = island;
        _island.Watch = (subject, action) =>
        {
            _watched[subject] = action;
            Context.Watch(subject);
        };
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start:
                _island.Start();
                break;
            case Action action:
                action();
                break;
            case Continue:
                break;
            case Terminated terminated when _watched.Remove(terminated.ActorRef, out var action):
                action();
                break;
            default:
                Unhandled(message);
                break;
        }
        if (_island.Run()) Self.Tell(Continue.Instance, ActorRefs.NoSender);
        else if (_island.IsDone) Context.Stop(Self);
    }

    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop() => _island.Stop();

    internal sealed class Start
    {
        public static readonly Start Instance = new();
    }

    private sealed class Continue
    {
        public static readonly Continue Instance = new();
    }
}
