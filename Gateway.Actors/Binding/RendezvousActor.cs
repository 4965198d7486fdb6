using Akka.Actor;
using Gateway.Actors.Loops;
using Gateway.Actors.Sessions;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Binding;

/// <summary>
/// Where the peer of one BIND connects to (RFC 1928 §4): a child of the session that asked, on the session's loop. It tells its parent
/// where it listens, and hands over the peer that came; those that nobody waits for are reset, and the wait goes on.
/// <code>Waiting ──peer, or time is over──► stopped</code>
/// </summary>
internal sealed class RendezvousActor : UntypedActor, IRendezvousHandler
{
    private readonly Loop _loop;
    private readonly RendezvousTerms _terms;
    private readonly SessionEvents _session;
    private readonly IActorRef _self;
    private Rendezvous? _rendezvous;
    private LoopTimer? _patience;

    private RendezvousActor(Loop loop, RendezvousTerms terms, SessionEvents session) => (_loop, _terms, _session, _self) = (loop, terms, session, Self);

    public static Props Props(Loop loop, RendezvousTerms terms, SessionEvents session) =>
        Akka.Actor.Props.CreateBy(new Producer(loop, terms, session)).WithDispatcher(LoopDispatchers.Id(loop.Index));

    protected override void PreStart()
    {
        try
        {
            _rendezvous = Rendezvous.Open(_loop, this, _terms.Ipv4, _terms.Ipv6);
        }
        catch (TransportException failure)
        {
            Context.Parent.Tell(new RendezvousFailed(failure.Message));
            Context.Stop(Self);
            return;
        }
        _patience = _loop.Schedule(_terms.Patience, () => _self.Tell(PeerMissing.Instance));
        Context.Parent.Tell(new RendezvousOpened(Where(_rendezvous.LocalV4), Where(_rendezvous.LocalV6)));
    }

    protected override void OnReceive(object message)
    {
        if (message is not PeerMissing)
        {
            Unhandled(message);
            return;
        }
        Context.Parent.Tell(message);
        Context.Stop(Self);
    }

    protected override void PostStop()
    {
        _patience?.Cancel();
        _rendezvous?.Close();
    }

    void IRendezvousHandler.OnArrived(Rendezvous rendezvous, Connection connection)
    {
        if (!_terms.MayCome(connection.Peer.ToLiteral().Canonical))
        {
            connection.Abort();
            return;
        }
        rendezvous.Close();
        _session.Hand(connection);
        _self.Tell(PoisonPill.Instance);
    }

    private static LiteralEndpoint? Where(IpEndpoint local) => local.Family == IpFamily.None ? null : local.ToLiteral();

    private sealed class Producer(Loop loop, RendezvousTerms terms, SessionEvents session) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RendezvousActor);

        public ActorBase Produce() => new RendezvousActor(loop, terms, session);

        public void Release(ActorBase actor) { }
    }
}
