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
    private ReplyCode? _reply;
    /// <summary>From accept to the reply, once there is one.</summary>
    private TimeSpan _setup;
    /// <summary>The destination, or the peer of a BIND, as long as no other gateway stands before it.</summary>
    private Connection? _farSide;
    /// <summary>Of the last state, and after it for what it carried.</summary>
    private Relay? _relay;
    private string _reason = "the gateway stopped it";

    private LiteralEndpoint? Peer => _chain?.Peer ?? _farSide?.Peer.ToLiteral().Canonical;

    private TimeSpan? Setup => _reply is null ? null : _setup;

    private long Sent => _traffic?.Sent ?? _relay?.ClientToTarget ?? 0;

    private long Received => _traffic?.Received ?? _relay?.TargetToClient ?? 0;

    /// <summary>Half-closes, and reads on until the client has taken the reply and closes (RFC 1928 §6).</summary>
    private void CloseAfterReply(string reason)
    {
        _reason = reason;
        _events.Cancel();
        EndHandshake();
        _chain?.Awaited?.Abort();
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
        _chain?.Awaited?.Abort();
        DropWaiting();
        if (_relay is { HasEnded: false } relay)
        {
            _failure ??= SessionFailure.Cut;
            relay.Abort();
        }
        if (_traffic is not null)
            _services.Admission.Associations.Release(ClientKey);
        _services.Status.Register.Remove(this);
        CountEnd();
        _ids?.Release();
        _client.Close();
        EndHandshake();
        _services.Admission.Leave(CountedAs);
        _innerLeg?.Close();
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
        TraceId = _leg?.Trace ?? _chain?.Trace ?? TraceId.Random(),
        Member = _leg?.Member,
        Origin = _leg?.Client,
        HopsLeft = HopsLeft,
        User = Identity.User,
        Command = _command,
        Destination = _destination,
        Route = _route,
        Hops = HopRecords,
        Ways = _traffic?.Ways ?? [],
        FailedWay = _chain is { Failure: not null } failed ? Recorded(failed.FailedWay) : [],
        FailedHop = _chain?.Failure?.Hop,
        FailedPhase = _chain?.Failure?.Phase,
        Peer = Peer,
        Reply = _reply,
        Failure = Failure,
        Setup = Setup,
        Duration = _services.Time.GetElapsedTime(_startedAt),
        Sent = Sent,
        Received = Received,
        Lost = _traffic?.Lost,
        Reason = _reason,
    };
}
