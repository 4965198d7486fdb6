using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>ADDRESS IDs in requests and replies (draft-kitamura-socks-ipv6-01, Extensions 1 and 2).</summary>
internal sealed partial class SessionActor
{
    private const string TooManyIds = "address: too many IDs of this client";

    private HeldAddressIds? _ids;

    private HeldAddressIds Ids => _ids ??= new HeldAddressIds(_services, Identity);

    /// <summary>
    /// Puts what it stands for in an ID's place. False when the client has no such ID. DST of a plain UDP ASSOCIATE is the client itself,
    /// whom an ID cannot mean.
    /// </summary>
    private bool TryName(in SocksRequest asked, out SocksRequest named)
    {
        named = asked;
        if (asked.Command == SocksCommand.UdpAssociate || !asked.Destination.Address.TryGetId(out var id))
            return true;
        if (!Ids.TryFind(id, out var target))
            return false;
        named = asked with { Destination = asked.Destination with { Address = target } };
        return true;
    }

    /// <summary>Whether an ID can be had, if one is asked for; otherwise refuses. <c>B8</c>: before the base command begins.</summary>
    private bool MayHaveId(Requested requested)
    {
        var request = requested.Request;
        if (!request.Command.AssociatesAddress)
            return true;
        if (request.Destination.Address.IsUnspecified)
            Refuse(requested, ReplyCode.InvalidAddress, "request: no target is named");
        else if (!Ids.CanAssociate(request.Destination.Address))
            Refuse(requested, ReplyCode.GeneralFailure, TooManyIds);
        else
            return true;
        return false;
    }

    /// <summary>
    /// BND of a success: <paramref name="bound"/>, or for a combined command the ID of <paramref name="target"/> with the real port
    /// (draft-kitamura-socks-ipv6-01, Extension 2). False, and the client refused, when it has got too many IDs meanwhile.
    /// </summary>
    private bool TryShow(Requested requested, SocksAddress target, SocksEndpoint bound, out SocksEndpoint shown)
    {
        shown = bound;
        if (!requested.Request.Command.AssociatesAddress)
            return true;
        if (!Ids.TryAssociate(target, out var id))
        {
            Refuse(requested, ReplyCode.GeneralFailure, TooManyIds);
            return false;
        }
        shown = new SocksEndpoint(SocksAddress.From(id), bound.Port);
        return true;
    }
}
