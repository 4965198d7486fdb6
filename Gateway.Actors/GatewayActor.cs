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
    private readonly HashSet<IActorRef> _acceptors = [];

    /// <param name="addressIds">The parent of the ADDRESS IDs.</param>
    /// <param name="services">What the sessions of each loop work with.</param>
    public GatewayActor(Props addressIds, Func<IEnumerable<SessionServices>> services) => (_addressIds, _services) = (addressIds, services);

    protected override void PreStart()
    {
        var paused = new PausedListeners();
        Context.ActorOf(_addressIds, "address-ids");
        foreach (var services in _services())
        {
            var acceptor = Context.ActorOf(AcceptorActor.Props(services, paused), $"loop-{services.Loop.Index}");
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
            case CloseDoors or LeaveDoors:
                AskAll<DoorsClosed>(message, answers => answers[0]);
                break;
            case ChangeDoors:
                AskAll<DoorsChanged>(message, answers => answers[0]);
                break;
            case OpenDoors:
                AskAll<DoorsOpened>(message, answers => answers[0]);
                break;
            case LendSockets:
                AskAll<SocketsLent>(message, answers => new([.. answers.SelectMany(lent => lent.Sockets)]));
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

    /// <summary>Gives one answer when all acceptors have given theirs.</summary>
    private void AskAll<T>(object message, Func<T[], T> join) where T : notnull =>
        Task.WhenAll(_acceptors.Select(acceptor => acceptor.Ask<T>(message, TimeSpan.FromSeconds(30)))).PipeTo(Sender, success: answers => join(answers));
}
