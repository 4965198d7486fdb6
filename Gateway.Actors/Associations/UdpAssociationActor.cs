using Akka.Actor;
using Gateway.Actors.Loops;
using Gateway.Actors.Sessions;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Associations;

/// <summary>
/// One UDP association (RFC 1928 §4 and §7): a child of the session whose TCP connection keeps it alive, on the session's loop. Datagrams
/// pass beside its mailbox, in <see cref="DatagramRelay"/>; what it hears is the control channel and the clock.
/// <code>Relaying ──idle, or its session ends──► stopped</code>
/// </summary>
internal sealed class UdpAssociationActor : UntypedActor
{
    private readonly SessionServices _services;
    private readonly AssociationTerms _terms;
    private readonly string? _chain;
    private readonly IActorRef _self;
    private DatagramRelay? _relay;
    private LoopTimer? _idle;

    private UdpAssociationActor(SessionServices services, AssociationTerms terms, string? chain) => (_services, _terms, _chain, _self) = (services, terms, chain, Self);

    /// <param name="chain">The chain that has to stand before the client is told of success; null for none.</param>
    public static Props Props(SessionServices services, AssociationTerms terms, string? chain) =>
        Akka.Actor.Props.CreateBy(new Producer(services, terms, chain)).WithDispatcher(LoopDispatchers.Id(services.Loop.Index));

    protected override void PreStart()
    {
        try
        {
            _relay = new DatagramRelay(_services, _terms);
        }
        catch (TransportException failure)
        {
            Context.Parent.Tell(new AssociationFailed(failure.Message));
            Context.Stop(Self);
            return;
        }
        WatchIdle();
        var (session, relay) = (Context.Parent, _relay);
        var opened = new AssociationOpened(relay.Port, relay.Honoured);
        if (_chain is null)
            session.Tell(opened);
        else
            relay.OpenChain(_chain, failure => session.Tell(failure is null ? opened : new AssociationFailed($"{failure}", failure)));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ControlAsked asked:
                Answer(asked.Request);
                break;
            case IdleCheck when _relay!.QuietFor >= _services.Settings.Timeouts.UdpIdle:
                Context.Parent.Tell(AssociationIdle.Instance);
                break;
            case IdleCheck:
                WatchIdle();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        _idle?.Cancel();
        _relay?.Dispose();
    }

    /// <summary>INTERFACE DATA: from which address and port the target is sent to (draft-kitamura-socks-ipv6-01, UDP Control Channel).</summary>
    private void Answer(ControlRequest request)
    {
        var session = Context.Parent;
        if (request.Subcommand != ControlRequest.InterfaceData)
            session.Tell(new ControlAnswered(SocksReply.Failure(ReplyCode.CommandNotSupported)));
        else
            _relay!.FindInterface(request.Target, reply => session.Tell(new ControlAnswered(reply)));
    }

    private void WatchIdle()
    {
        if (_services.Settings.Timeouts.UdpIdle is { } limit)
            _idle = _services.Loop.Schedule(limit - _relay!.QuietFor, () => _self.Tell(IdleCheck.Instance));
    }

    /// <summary>The idle time may be over.</summary>
    private sealed class IdleCheck
    {
        public static IdleCheck Instance { get; } = new();
    }

    private sealed class Producer(SessionServices services, AssociationTerms terms, string? chain) : IIndirectActorProducer
    {
        public Type ActorType => typeof(UdpAssociationActor);

        public ActorBase Produce() => new UdpAssociationActor(services, terms, chain);

        public void Release(ActorBase actor) { }
    }
}
