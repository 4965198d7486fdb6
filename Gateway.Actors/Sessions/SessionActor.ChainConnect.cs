using Gateway.Actors.Chains;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>
/// CONNECT through a chain. A name travels to the last hop as it is. Where the chain wishes for a family, members are told of it in their
/// login; other servers are first asked for an address of that family (draft-kitamura-socks-ipv6-01), which is then connected to.
/// </summary>
internal sealed partial class SessionActor
{
    private void ConnectThrough(Requested requested)
    {
        var chain = ChainOf(requested);
        var request = Passed(requested.Request);
        if (request.Destination.Address.IsName && chain.Hops[^1] is { Role: null } last && chain.DestinationOver != FamilyWish.Any 
            && (chain.DestinationOver is FamilyWish.Ipv4 or FamilyWish.Ipv6 || AllAnswer(last)))
            ConnectOver(requested, Preferences(chain.DestinationOver), _services.Now + chain.SetupTimeout);
        else
            SetUpChain(requested, request, link => OnConnectedThrough(requested, link), failure => RefuseChain(requested, failure));
    }

    /// <summary>Finds an address of the first family and connects to it; where there is none, or it fails, the next family has its turn.</summary>
    private void ConnectOver(Requested requested, ReadOnlyMemory<AddressPreference> families, TimeSpan deadline)
    {
        var destination = requested.Request.Destination;
        var ask = new SocksRequest(SocksCommand.AddressAssociate, RequestFlags.None, destination with { Port = (ushort)families.Span[0] });
        SetUpChain(requested, ask, OnAddress, OnFailure, deadline);

        void OnAddress(ChainLink link)
        {
            link.Channel.Abort();
            var request = Passed(requested.Request) with { Destination = link.Reply.Bound with { Port = destination.Port } };
            if (link.Reply.Bound.Address.IsIp)
                SetUpChain(requested, request, next => OnConnectedThrough(requested, next), OnFailure, deadline);
            else
                OnFailure(new(requested.Route!.Via, link.Hops.Count, link.Hops[^1].Server, ChainPhase.Request, ReplyCode.HostUnreachable, "told no address for the name"));
        }

        void OnFailure(ChainFailure failure)
        {
            if (failure.Phase == ChainPhase.Request && families.Length > 1)
                ConnectOver(requested, families[1..], deadline);
            else
                RefuseChain(requested, failure);
        }
    }

    private static AddressPreference[] Preferences(FamilyWish over) => over switch
    {
        FamilyWish.Ipv4 => [AddressPreference.Ipv4],
        FamilyWish.Ipv6 => [AddressPreference.Ipv6],
        FamilyWish.PreferIpv4 => [AddressPreference.Ipv4, AddressPreference.Ipv6],
        _ => [AddressPreference.Ipv6, AddressPreference.Ipv4],
    };

    private void OnConnectedThrough(Requested requested, ChainLink link)
    {
        var request = requested.Request;
        var bound = ReplyAddress.Bound(Told(link.Reply), _client.Local.Address, request.Flags);
        Show(requested, request.Destination.Address, bound, shown =>
        {
            Reply(SocksReply.Success(shown));
            BeginRelay(((LoopChannel)link.Channel).Take());
        }, link.Channel.Abort);
    }
}
