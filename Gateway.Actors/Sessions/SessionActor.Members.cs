using Gateway.Actors.Access;
using Gateway.Actors.Members;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>A fellow member of the cluster in the client's place: it is a leg of a chain, and speaks for the client of the entry.</summary>
internal sealed partial class SessionActor
{
    /// <summary>What the member says; null for a client of this gateway's own.</summary>
    private MemberLeg? _leg;

    /// <summary>To the hop that this session connects a member to; null when the far end is the chain's destination.</summary>
    private InnerLeg? _innerLeg;

    private bool _countsForOrigin;

    /// <summary>Whose session the limits take it for.</summary>
    private IpLiteral CountedAs => _countsForOrigin ? _leg!.Client : _client.Peer.Address;

    /// <summary>The entry makes it, and members take it over.</summary>
    private TraceId Trace => _leg?.Trace ?? Chain.Trace;

    /// <summary>The families that the member asks this gateway to keep to.</summary>
    private FamilyWish Wish => _leg?.Over ?? FamilyWish.Any;

    /// <summary>The seal covers the request, so the request has to be there before the login is answered.</summary>
    private void ReadMember(MemberCheck members, in PasswordRequest login, int loginLength)
    {
        var behind = _client.Unread[loginLength..];
        var status = SocksRequest.Read(behind, out var request, out var requestLength);
        if (status == ReadStatus.Incomplete)
            return;
        if (status.IsViolation)
        {
            OnLoginRefused($"authentication: the request of a member leg: {status.Reason}");
            return;
        }
        _leg = members.Check(login, behind[..requestLength], _client.Peer.Address, out var refusal);
        if (_leg is null)
        {
            OnLoginRefused($"authentication: {refusal}");
            return;
        }
        _client.Consume(loginLength + requestLength);
        Send(PasswordReply.Accepted);
        if (_services.Admission.TryPass(CountedAs, _leg.Client))
        {
            _countsForOrigin = true;
            OnRequest(request);
            return;
        }
        (_command, _destination) = (request.Command, Words(request));
        Refuse(new Requested(request, null), ReplyCode.GeneralFailure, "request: too many sessions of the client that the member vouches for");
    }

    /// <summary>
    /// Whether a member asks for the next hop of a chain, or for datagrams towards a hop that it has a connection to. Between hops there are
    /// literals only, so a name is never one.
    /// </summary>
    private bool IsInnerLeg(in SocksRequest request) => _leg is not null && request.Command switch
    {
        SocksCommand.Connect => request.Destination.TryGetLiteral(out var hop) && _services.InnerLegs.LeadTo(hop),
        SocksCommand.UdpAssociate => _services.InnerLegs.IsOpen(Trace),
        _ => false,
    };

    private void BeginInnerLeg(in SocksRequest request)
    {
        if (request.Command == SocksCommand.Connect && request.Destination.TryGetLiteral(out var hop))
            _innerLeg = new InnerLeg(_services.InnerLegs, Trace, hop.Address);
    }

    /// <summary>Gateways that this session would lead on to, as far as that is decided here.</summary>
    private int HopsNeeded(in Decision decision) => decision switch
    {
        { Reason: DecisionReason.InnerLeg } => 1,
        { Route: { IsChain: true } route } when _services.Settings.Chains.TryGetValue(route.Via, out var chain) => chain.Hops.Count,
        _ => 0,
    };
}
