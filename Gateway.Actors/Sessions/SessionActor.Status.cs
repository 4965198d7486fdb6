using Akka.Actor;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>What others see of it while it lives (<see cref="SessionRegister"/>), and what it counts as when it has ended.</summary>
internal sealed partial class SessionActor : ILiveSession
{
    /// <summary>What no reply tells: a refused login, a side that vanished, an end by hand.</summary>
    private SessionFailure? _failure;

    long ILiveSession.Number => _number;

    ILiveSession? ILiveSession.Next { get; set; }

    ILiveSession? ILiveSession.Previous { get; set; }

    public SessionPhase Phase => _command switch
    {
        _ when _inHandshake => SessionPhase.Handshake,
        null => SessionPhase.Closing,
        _ when _relay is not null => SessionPhase.Relaying,
        _ when _reply is null => SessionPhase.Connecting,
        _ when _reply != ReplyCode.Succeeded => SessionPhase.Closing,
        { Base: SocksCommand.UdpAssociate } => SessionPhase.Associated,
        { Base: SocksCommand.Bind } => SessionPhase.AwaitingPeer,
        { Base: SocksCommand.Connect } => SessionPhase.Closing,
        _ => SessionPhase.Answered,
    };

    LiteralEndpoint ISessionFacts.Client => _client.Peer.ToLiteral();

    string? ISessionFacts.Member => _leg?.Member;

    IpLiteral? ISessionFacts.Origin => _leg?.Client;

    TraceId? ISessionFacts.Trace => _leg is not null || _route is { IsChain: true } ? Trace : null;

    string? ISessionFacts.User => Identity.User;

    string? ISessionFacts.Destination => _destination;

    string? ISessionFacts.Via => _route?.Via;

    IReadOnlyList<HopRecord> ISessionFacts.Hops => HopRecords;

    IReadOnlyList<WayRecord> ISessionFacts.Ways => _traffic?.Ways ?? [];

    LiteralEndpoint? ISessionFacts.Peer => Peer;

    long ISessionFacts.Sent => Sent;

    long ISessionFacts.Received => Received;

    bool ISessionFacts.IsAssociation => _traffic?.Relay is not null;

    SessionView ILiveSession.View()
    {
        ISessionFacts facts = this;
        return new()
        {
            Id = _number,
            Started = _started,
            Phase = Phase,
            Client = facts.Client,
            Listener = _door.Local.ToLiteral(),
            Member = facts.Member,
            Origin = facts.Origin,
            Trace = facts.Trace,
            User = facts.User,
            Command = _command,
            Destination = _destination,
            Route = _route?.Number,
            Via = facts.Via,
            Hops = facts.Hops,
            Ways = facts.Ways,
            Peer = Peer,
            Setup = Setup,
            Sent = Sent,
            Received = Received,
            Association = _traffic?.Relay?.View(),
        };
    }

    void ILiveSession.SettleCounters() => _traffic?.Relay?.SettleLosses();

    /// <summary>On the loop, and so between two of its messages.</summary>
    void ILiveSession.End(string reason)
    {
        (_reason, _failure) = (reason, SessionFailure.Cut);
        _events.Session?.Tell(PoisonPill.Instance);
    }

    /// <summary>Null when the client got what it asked for.</summary>
    private SessionFailure? Failure => _reply switch
    {
        _ when _failure is not null => _failure,
        _ when _chain?.Failure is not null => SessionFailure.Chain,
        null when _inHandshake || _command is null => SessionFailure.Handshake,
        null => SessionFailure.Abandoned,
        ReplyCode.Succeeded => null,
        ReplyCode.NotAllowed => SessionFailure.Rules,
        ReplyCode.NetworkUnreachable or ReplyCode.HostUnreachable or ReplyCode.ConnectionRefused or ReplyCode.TtlExpired => SessionFailure.Destination,
        ReplyCode.CommandNotSupported or ReplyCode.AddressTypeNotSupported or ReplyCode.InvalidAddress => SessionFailure.Request,
        _ => SessionFailure.Gateway,
    };

    private void CountEnd()
    {
        if (Failure is not { } failure)
            return;
        _services.Counters.CountFailure(failure);
        _services.Status.FailureNews.Report(GatewayEventKind.SessionFailed, $"session {_number}", $"{_client.Peer.Address.Canonical}{(_destination is null ? "" : $" to {_destination}")}: {_reason}");
    }
}
