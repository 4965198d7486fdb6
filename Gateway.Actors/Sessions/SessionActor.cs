using Akka.Actor;
using Gateway.Actors.Access;
using Gateway.Actors.Listeners;
using Gateway.Protocol;
using Gateway.Transport;

namespace Gateway.Actors.Sessions;

/// <summary>
/// One client connection, from accept to close. It runs on the loop that owns the connection; octets stay outside its mailbox.
/// <code>
/// Negotiating ──► Authenticating ──► CheckingLogin ──► Requesting
///      │                 └── member ───────────────────────►┤
///      └───────── no authentication ───────────────────────►┤
///   CONNECT              Connecting ◄───────────────────────┤
///                            └──► Relaying ──► stopped      │
///   BIND                 ResolvingPeer, OpeningRendezvous ◄─┤
///                            └──► AwaitingPeer ──► Relaying │
///   UDP ASSOCIATE        OpeningAssociation ◄───────────────┤
///                            └──► Associated ◄──► AnsweringControl
///   ADDRESS ASSOCIATE    Resolving ◄────────────────────────┤
///                            └──► AwaitingAnother ──────────┘
///   through a chain      Chaining ◄─────────────────────────┘
///                            ├──► Relaying, AwaitingAnother
///                            └──► AwaitingPeerBeyond ──► Relaying
///
///   any of them, before a reply with a new ADDRESS ID ──► Sharing ──► where the reply leads
///   any of them, on a failure that owes the client an answer ──► Refusing ──► stopped
/// </code>
/// The files of the class follow the way: handshake, request, one for each command, members, close.
/// </summary>
internal sealed partial class SessionActor(SessionServices services) : ActorBase
{
    private readonly SessionServices _services = services;
    private readonly DateTime _started = services.Time.GetUtcNow().UtcDateTime;
    private readonly long _startedAt = services.Time.GetTimestamp();
    private readonly long _number = services.Counters.CountAccepted();

    private Connection _client = null!;
    private SessionEvents _events = null!;
    private Door _door = null!;
    private string? _user;
    private bool _inHandshake = true;
    private bool _speaksSocks4;

    private Identity Identity => _leg is { } leg ? Identity.Of(leg) : new(_client.Peer.Address.Canonical, _user, _door.Number);

    private ClientKey ClientKey => ClientKey.Of(Identity.Client);

    protected override bool Receive(object message)
    {
        if (message is not Accepted accepted)
            return false;
        (_client, _events, _door) = (accepted.Client, accepted.Events, accepted.Door);
        _services.Status.Register.Add(this);
        if (!_client.IsOpen)
        {
            End("greeting: the client left at once");
            return true;
        }
        _services.Loop.Schedule(_events, _services.Settings.Timeouts.Handshake);
        Become(Negotiating);
        ReadGreeting();
        // A FIN that came before the session did was told to nobody.
        if (_client.PeerFinished)
            Self.Tell(ClientFinished.Instance);
        return true;
    }

    /// <summary>The answer to what a client broke, in the words of the message it broke; then the connection closes.</summary>
    private void Violated(ReadStatus violation, ReadOnlyMemory<byte> owed, string phase)
    {
        _client.Send(owed.Span);
        CloseAfterReply($"{phase}: {violation.Reason}");
    }

    private void Send<T>(T message) where T : struct, ISocksMessage<T>
    {
        Span<byte> octets = stackalloc byte[message.Length];
        message.Write(octets);
        _client.Send(octets);
    }

    /// <summary>The reply in the client's dialect.</summary>
    private void Reply(in SocksReply reply)
    {
        var isFirst = _reply is null;
        _reply = reply.Code;
        _setup = _services.Time.GetElapsedTime(_startedAt);
        _services.Counters.CountReply(reply.Code);
        if (isFirst && reply.Code == ReplyCode.Succeeded)
            _services.Counters.CountSetup(_route is { IsChain: true }, _setup);
        if (!_speaksSocks4)
            Send(reply);
        else if (reply.Code == ReplyCode.Succeeded && reply.Bound.TryGetLiteral(out var bound))
            Send(Socks4Reply.Granted(bound));
        else
            Send(Socks4Reply.Refused);
    }

    /// <summary>The failure <paramref name="code"/> as a reply; then the connection closes so that the reply arrives.</summary>
    private void Refuse(Requested requested, ReplyCode code, string reason)
    {
        Reply(SocksReply.Failure(code.For(requested.Request.UsesExtension)));
        CloseAfterReply(reason);
    }
}
