using Akka.Actor;
using Gateway.Actors.Associations;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>UDP ASSOCIATE: a child relays, and this connection keeps it alive and is its control channel (RFC 1928 §6 and §7).</summary>
internal sealed partial class SessionActor
{
    private AssociationTraffic? _traffic;

    private void Associate(Requested requested)
    {
        var request = new AssociationRequest(requested.Request);
        if (!_services.Admission.Associations.TryTake(ClientKey))
        {
            Refuse(requested, ReplyCode.GeneralFailure, "associate: too many associations of this client");
            return;
        }
        _traffic = new AssociationTraffic(_services.Counters, Recorded);
        _client.ResumeReading();
        var client = AssociationClient.For(request, _client.Peer.ToLiteral());
        var terms = new AssociationTerms(Identity, _leg, Terms(requested.Request with { Destination = SocksEndpoint.Unspecified }), request, client, _client.Local.WithPort(0), _traffic);
        Context.ActorOf(UdpAssociationActor.Props(_services, terms, AwaitedChain(requested, request)), "association");
        Become(OpeningAssociation(requested, request));
    }

    /// <summary>
    /// The chain without which the association is of no use, so that success waits for it. Another may fail while the client's datagrams
    /// take a way that stands.
    /// </summary>
    private string? AwaitedChain(Requested requested, AssociationRequest request) => requested.Route switch
    {
        { IsChain: true } route when request.AssociatesTarget => route.Via,
        { IsChain: true } => _services.Rules.OnlyChain(Identity, SocksCommand.UdpAssociate),
        _ => null,
    };

    private Receive OpeningAssociation(Requested requested, AssociationRequest request) => message =>
    {
        switch (message)
        {
            case AssociationOpened opened:
                OnAssociated(requested, request, opened);
                return true;
            case AssociationFailed { Chain: { } failure }:
                RefuseChain(requested, failure);
                return true;
            case AssociationFailed failed:
                Refuse(requested, ReplyCode.GeneralFailure, $"associate: {failed.Cause}");
                return true;
            default:
                return HasClientLeft(message, "associate") || IsStale(message);
        }
    };

    private void OnAssociated(Requested requested, AssociationRequest request, AssociationOpened opened)
    {
        var bound = ReplyAddress.Relay(_door.Settings.Advertise?.Address ?? _client.Local.Address, opened.Port);
        Show(requested, requested.Request.Destination.Address, bound, shown =>
        {
            Reply(SocksReply.Success(shown, opened.Honoured));
            Become(Associated(request));
            ReadControl(request);
        });
    }

    private Receive Associated(AssociationRequest request) => message =>
    {
        switch (message)
        {
            case ClientReadable:
                _events.LookedAt();
                ReadControl(request);
                return true;
            case AssociationIdle:
                End("associate: idle");
                return true;
            default:
                return HasClientLeft(message, "associate") || IsStale(message);
        }
    };

    private Receive AnsweringControl(AssociationRequest request) => message =>
    {
        switch (message)
        {
            case ControlAnswered answered:
                // B24: a request that fails is answered, and the association lives on.
                Send(answered.Reply);
                Become(Associated(request));
                ReadControl(request);
                return true;
            case AssociationIdle:
                End("associate: idle");
                return true;
            default:
                return HasClientLeft(message, "associate") || IsStale(message);
        }
    };

    /// <summary>Without the control channel nothing is expected here, and what comes means nothing.</summary>
    private void ReadControl(AssociationRequest request)
    {
        if (!request.WantsControlChannel)
        {
            _client.Consume(_client.Unread.Length);
            return;
        }
        var status = ControlRequest.Read(_client.Unread, out var asked, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        if (status.IsViolation)
        {
            Violated(status, ControlRequest.Owed(status), "associate");
            return;
        }
        _client.Consume(consumed);
        Context.Child("association").Tell(new ControlAsked(asked));
        Become(AnsweringControl(request));
    }

    /// <summary>Ends the session when the client is gone: for states in which it has nothing more to say (RFC 1928 §6).</summary>
    private bool HasClientLeft(object message, string phase)
    {
        if (message is not (ClientClosed or ClientFinished))
            return false;
        End($"{phase}: the client left");
        return true;
    }
}
