using Gateway.Actors.Access;
using Gateway.Actors.Associations;
using Gateway.Actors.Routing;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>The request: who may have what, and which state serves it.</summary>
internal sealed partial class SessionActor
{
    private void Serve(in SocksRequest asked)
    {
        (_command, _destination, _route) = (asked.Command, Words(asked), null);
        LeaveHops();
        if (!TryName(asked with { Flags = Understood(asked.Flags) }, out var request))
        {
            // B15 and B22: who sends an ID knows REP 09.
            Refuse(new Requested(asked, null), ReplyCode.InvalidAddress, "request: the client has no such ADDRESS ID");
            return;
        }
        if (request.Command.Base == SocksCommand.UdpAssociate && new AssociationRequest(request).Refusal is { } refusal)
        {
            // Ahead of the rules, which keep 0.0.0.0 closed to remote clients: B9 owes REP 09.
            Refuse(new Requested(request, null), refusal, "associate: no target is named");
            return;
        }
        var decision = Decide(request);
        _route = decision.Route;
        var requested = new Requested(request, decision.Route);
        if (!decision.IsAllowed)
        {
            Refuse(requested, decision.Refusal, $"request: {decision}");
            return;
        }
        if (_leg is { } leg && HopsNeeded(decision) > leg.HopsLeft)
        {
            Refuse(requested, ReplyCode.TtlExpired, $"request: the chain is longer than max-hops allows: {leg.HopsLeft} left, {HopsNeeded(decision)} needed");
            return;
        }
        if (decision.Reason == DecisionReason.InnerLeg)
            BeginInnerLeg(request);
        if (!MayHaveId(requested))
            return;
        switch (request.Command.Base)
        {
            case SocksCommand.Connect:
                Connect(requested);
                break;
            case SocksCommand.Bind:
                Bind(requested);
                break;
            case SocksCommand.UdpAssociate:
                Associate(requested);
                break;
            case SocksCommand.AddressAssociate or SocksCommand.Resolve or SocksCommand.ResolvePtr:
                AssociateAddress(requested);
                break;
            default:
                Refuse(requested, ReplyCode.CommandNotSupported, "request: command not supported");
                break;
        }
    }

    private static string Words(in SocksRequest request) =>
        RouteCommandOf.Of(request.Command) == RouteCommands.AddressAssociate ? request.Destination.Address.ToString() : request.Destination.ToString();

    /// <summary>The bits of FLAG that this gateway's settings give a meaning.</summary>
    private RequestFlags Understood(RequestFlags flags)
    {
        var settings = _services.Settings.Protocol;
        return settings.StrictRfc1928 ? RequestFlags.None
            : settings.UdpFlags ? flags
            : flags & ~(RequestFlags.InterfaceRequest | RequestFlags.UseClientsPort);
    }

    /// <summary>
    /// DST of UDP ASSOCIATE is where the client sends from, and a BIND may leave its peer open: then the question is whether there is
    /// anything that the client may do with the command, and each peer is judged when it is known.
    /// </summary>
    private Decision Decide(in SocksRequest request) =>
        IsInnerLeg(request) ? Decision.InnerLeg
        : request.Command == SocksCommand.UdpAssociate || (request.Command.Base == SocksCommand.Bind && request.Destination.Address.IsUnspecified)
            ? _services.Rules.DecideOpen(Identity, request.Command)
            : _services.Rules.Decide(Identity, request.Command, request.Destination);
}
