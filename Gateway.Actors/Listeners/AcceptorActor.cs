using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Access;
using Gateway.Actors.Loops;
using Gateway.Actors.Reloading;
using Gateway.Actors.Sessions;
using Gateway.Transport;

namespace Gateway.Actors.Listeners;

/// <summary>
/// Accepts on one loop and is the parent of the sessions there. Its mailbox runs on the loop, so a client is accepted, served and
/// closed on one thread.
/// <code>Accepting ──Drain──► Draining ──last session gone──► stopped</code>
/// It begins without doors. While it is accepting, they may be closed and opened again, and those of other settings may take their place.
/// </summary>
internal sealed class AcceptorActor : UntypedActor, IAcceptHandler
{
    private SessionServices _services;
    private readonly PausedListeners _paused;
    private readonly Dictionary<Listener, Door> _doors = [];
    private Props _session;
    private readonly IActorRef _self;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _awaited;

    public AcceptorActor(SessionServices services, PausedListeners paused)
    {
        (_services, _paused, _self) = (services, paused, Self);
        _session = SessionProps(services);
    }

    public static Props Props(SessionServices services, PausedListeners paused) =>
        Akka.Actor.Props.Create(() => new AcceptorActor(services, paused)).WithDispatcher(LoopDispatchers.Id(services.Loop.Index));

    protected override void PostStop() => CloseListeners();

    /// <summary>A session that fails is over: its connection cannot be taken up again.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Accepted accepted:
                Begin(accepted);
                break;
            case CloseDoors:
                CloseListeners();
                Sender.Tell(DoorsClosed.Instance);
                break;
            case OpenDoors open:
                OpenListeners(open.Doors.Take(_services.Loop.Index));
                Sender.Tell(DoorsOpened.Instance);
                break;
            case LendSockets:
                Sender.Tell(new SocketsLent([.. _doors.Select(entry => (entry.Value, entry.Key.Duplicate()))]));
                break;
            case LeaveDoors leave:
                Leave(leave.Taken);
                Sender.Tell(DoorsClosed.Instance);
                break;
            case ChangeDoors change:
                Change(change.Settings, change.Doors);
                Sender.Tell(DoorsChanged.Instance);
                break;
            case Drain:
                CloseListeners();
                foreach (var session in Context.GetChildren())
                    Await(session);
                Become(Draining);
                StopWhenEmpty();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Draining(object message)
    {
        switch (message)
        {
            case Accepted accepted:
                Await(Begin(accepted));
                break;
            case Terminated:
                _awaited--;
                StopWhenEmpty();
                break;
            case CloseDoors or LeaveDoors:
                Sender.Tell(DoorsClosed.Instance);
                break;
            case ChangeDoors change:
                Refuse(change.Doors.Opened);
                Sender.Tell(DoorsChanged.Instance);
                break;
            case OpenDoors open:
                Refuse(open.Doors);
                Sender.Tell(DoorsOpened.Instance);
                break;
            case LendSockets:
                Sender.Tell(new SocketsLent([]));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private IActorRef Begin(Accepted accepted)
    {
        var session = Context.ActorOf(accepted.Session);
        accepted.Events.Session = session;
        session.Tell(accepted);
        return session;
    }

    private void Await(IActorRef session)
    {
        Context.Watch(session);
        _awaited++;
    }

    private void StopWhenEmpty()
    {
        if (_awaited == 0)
            Context.Stop(Self);
    }

    void IAcceptHandler.OnAccepted(Listener listener, Connection connection)
    {
        var client = connection.Peer.Address;
        var result = _services.Admission.TryEnter(client);
        if (result != AdmissionResult.Admitted)
        {
            _services.Counters.CountRefusal(result);
            connection.Abort();
            return;
        }
        var events = new SessionEvents();
        connection.Handler = events;
        _self.Tell(new Accepted(connection, events, _doors[listener], _session));
    }

    void IAcceptHandler.OnPaused(Listener listener, int errno)
    {
        if (_paused.Add())
            _log.Warning("accepting pauses, on {0} first: {1}; clients wait until others leave", listener.Local, Marshal.GetPInvokeErrorMessage(errno));
    }

    void IAcceptHandler.OnResumed(Listener listener)
    {
        if (_paused.Remove())
            _log.Info("accepting goes on");
    }

    private void OpenListeners(IEnumerable<(Door Door, ListeningSocket Socket)> sockets)
    {
        foreach (var (door, socket) in sockets)
            _doors.Add(new Listener(_services.Loop, socket, this), door);
    }

    /// <summary>Too late: the sockets of this loop are closed again.</summary>
    private void Refuse(Doors doors)
    {
        foreach (var (_, socket) in doors.Take(_services.Loop.Index))
            socket.Dispose();
    }

    private void Change(SettingsInForce settings, DoorChange doors)
    {
        _services = _services.Under(settings);
        _session = SessionProps(_services);
        foreach (var (listener, door) in _doors.ToList())
        {
            if (doors.Kept.TryGetValue(door.Number, out var kept))
            {
                _doors[listener] = kept;
                continue;
            }
            listener.Close();
            _doors.Remove(listener);
        }
        OpenListeners(doors.Opened.Take(_services.Loop.Index));
    }

    private void Leave(IReadOnlyCollection<int> taken)
    {
        foreach (var (listener, _) in _doors.Where(entry => !taken.Contains(entry.Value.Number)))
            listener.AcceptWaitingAndClose();
        CloseListeners();
    }

    private static Props SessionProps(SessionServices services) =>
        Akka.Actor.Props.CreateBy(new SessionProducer(services)).WithDispatcher(LoopDispatchers.Id(services.Loop.Index));

    private void CloseListeners()
    {
        foreach (var listener in _doors.Keys)
            listener.Close();
        _doors.Clear();
    }

    private sealed class SessionProducer(SessionServices services) : IIndirectActorProducer
    {
        public Type ActorType => typeof(SessionActor);

        public ActorBase Produce() => new SessionActor(services);

        public void Release(ActorBase actor) { }
    }
}
