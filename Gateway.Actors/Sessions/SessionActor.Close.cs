using Gateway.Actors.AddressIds;
using Gateway.Actors.Associations;
using Gateway.Actors.Binding;
using Gateway.Actors.Names;
using Gateway.Actors.Routing;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>The end: one reason, one record, nothing left behind.</summary>
internal sealed partial class SessionActor
{
    private SocksCommand? _command;
    private string? _destination;
    private Route? _route;
    private LiteralEndpoint? _peer;
    private ReplyCode? _reply;
    private TimeSpan? _setup;
    private Relay? _relay;
    private long _sent;
    private long _received;
    private long? _lost;
    private string _reason = "the gateway stopped it";

    /// <summary>Half-closes, and reads on until the client has taken the reply and closes (RFC 1928 §6).</summary>
    private void CloseAfterReply(string reason)
    {
        _reason = reason;
        _events.Cancel();
        EndHandshake();
        _awaited?.Abort();
        Become(Refusing);
        _client.CloseAfterReply();
    }

    private bool Refusing(object message)
    {
        if (message is not ClientClosed)
            return IsStale(message);
        Context.Stop(Self);
        return true;
    }

    /// <summary>News of a state that has been left, told before its end was known.</summary>
    private bool IsStale(object message)
    {
        if (message is ClientReadable)
            _events.LookedAt();
        else if (message is Connected)
            _events.TakeTarget()?.Abort();
        else if (message is ChainLinked)
            _events.TakeLink()?.Channel.Abort();
        return message is ClientReadable or Connected or ChainLinked or ChainFailed or ChannelReadable or ChannelEnded or ClientFinished or ClientClosed or RequestTimedOut or LoginChecked or NameResolved or AddressNamed
            or AssociationOpened or AssociationFailed or AssociationIdle or ControlAnswered
            or RendezvousOpened or RendezvousFailed or PeerMissing or AddressIdShared;
    }

    private void End(string reason)
    {
        _reason = reason;
        Context.Stop(Self);
    }

    protected override void PostStop()
    {
        _events.Session = null;
        _events.Cancel();
        _login?.Cancel();
        _events.TakeTarget()?.Abort();
        _events.TakeLink()?.Channel.Abort();
        _awaited?.Abort();
        DropWaiting();
        if (_relay is { } relay)
        {
            (_sent, _received) = (relay.ClientToTarget, relay.TargetToClient);
            _failure ??= SessionFailure.Cut;
            relay.Abort();
        }
        if (_traffic is { } traffic)
        {
            (_sent, _received, _lost) = (traffic.Sent, traffic.Received, traffic.Lost);
            _services.Admission.Associations.Release(ClientKey);
        }
        _services.Status.Register.Remove(this);
        CountEnd();
        _ids?.Release();
        _client.Close();
        EndHandshake();
        _services.Admission.Leave(_countedAs);
        if (_nextHop is { } hop)
            _services.InnerLegs.Close(Trace, hop);
        var record = Record();
        LeaveHops();
        _services.Status.CountEnded(record);
        _services.Records.Add(record);
    }

    private SessionRecord Record() => new()
    {
        Id = _number,
        Started = _started,
        Client = _client.Peer.ToLiteral(),
        Listener = _door.Local.ToLiteral(),
        TraceId = Trace,
        Member = _leg?.Member,
        Origin = _leg?.Client,
        User = Identity.User,
        Command = _command,
        Destination = _destination,
        Route = _route,
        Hops = HopRecords,
        FailedHop = _chainFailure?.Hop,
        FailedPhase = _chainFailure?.Phase,
        Peer = _peer,
        Reply = _reply,
        Setup = _setup,
        Duration = _services.Time.GetElapsedTime(_startedAt),
        Sent = _sent,
        Received = _received,
        Lost = _lost,
        Reason = _reason,
    };
}
