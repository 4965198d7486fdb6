using Akka.Actor;
using Gateway.Actors.Listeners;
using Gateway.Actors.Sessions;

namespace Gateway.Actors;

/// <summary>
/// The root of a gateway's actors:
/// <code>
/// /user/gateway
///     /loop-0 … loop-n      accepts on its loop
///         /$a …             a session, with its UDP association or BIND rendezvous under it
///     /address-ids
///         /$a …             an ADDRESS ID
/// </code>
/// </summary>
internal sealed class GatewayActor : UntypedActor
{
    private readonly Props _addressIds;
    private readonly Func<IEnumerable<SessionServices>> _services;
    private readonly Doors _doors;
    private readonly HashSet<IActorRef> _acceptors = [];

    /// <param name="addressIds">The parent of the ADDRESS IDs.</param>
    /// <param name="services">What the sessions of each loop work with.</param>
    /// <param name="doors">Sockets that listen already.</param>
    public GatewayActor(Props addressIds, Func<IEnumerable<SessionServices>> services, Doors doors) =>
        (_addressIds, _services, _doors) = (addressIds, services, doors);

    protected override void PreStart()
    {
        var paused = new PausedListeners();
        Context.ActorOf(_addressIds, "address-ids");
        foreach (var services in _services())
        {
            var sockets = _doors.Take(services.Loop.Index).ToList();
            var acceptor = Context.ActorOf(AcceptorActor.Props(services, sockets, paused), $"loop-{services.Loop.Index}");
            _acceptors.Add(Context.Watch(acceptor));
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Drain:
                foreach (var acceptor in _acceptors)
                    acceptor.Tell(message);
                break;
            case CloseDoors:
                AskAll(message, DoorsClosed.Instance);
                break;
            case ChangeDoors:
                AskAll(message, DoorsChanged.Instance);
                break;
            case OpenDoors:
                foreach (var acceptor in _acceptors)
                    acceptor.Tell(message);
                break;
            case Terminated ended:
                _acceptors.Remove(ended.ActorRef);
                if (_acceptors.Count == 0)
                    Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Gives the answer when all acceptors have given it.</summary>
    private void AskAll<T>(object message, T answer) where T : notnull =>
        Task.WhenAll(_acceptors.Select(acceptor => acceptor.Ask<T>(message, TimeSpan.FromSeconds(30)))).PipeTo(Sender, success: _ => answer);
}
