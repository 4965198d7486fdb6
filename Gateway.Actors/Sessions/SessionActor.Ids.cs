using Akka.Actor;
using Gateway.Actors.AddressIds;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>ADDRESS IDs in requests and replies (draft-kitamura-socks-ipv6-01, Extensions 1 and 2).</summary>
internal sealed partial class SessionActor
{
    private const string TooManyIds = "address: too many IDs of this client";

    private const string NoIdsForMembers = "address: IDs are given by the gateway that the client speaks to";

    private HeldAddressIds? _ids;

    /// <summary>Lets go of what waits for the copies of an ID, when the session ends before they are there.</summary>
    private Action? _drop;

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
        if (_leg is not null && request.Command != SocksCommand.AddressAssociate)
            Refuse(requested, ReplyCode.CommandNotSupported, NoIdsForMembers);
        else if (request.Destination.Address.IsUnspecified)
            Refuse(requested, ReplyCode.InvalidAddress, "request: no target is named");
        else if (!Ids.CanAssociate(request.Destination.Address))
            Refuse(requested, ReplyCode.GeneralFailure, TooManyIds);
        else
            return true;
        return false;
    }

    /// <summary>
    /// BND of a success: <paramref name="bound"/>, or for a combined command the ID of <paramref name="target"/> with the real port
    /// (draft-kitamura-socks-ipv6-01, Extension 2). The client is refused when it has got too many IDs meanwhile.
    /// </summary>
    /// <param name="shown">Goes on when it may be shown.</param>
    /// <param name="drop">Lets go of the far side, when it never may.</param>
    private void Show(Requested requested, SocksAddress target, SocksEndpoint bound, Action<SocksEndpoint> shown, Action? drop = null)
    {
        if (requested.Request.Command.AssociatesAddress)
            ShowId(requested, target, bound.Port, shown, drop);
        else
            shown(bound);
    }

    private void ShowId(Requested requested, SocksAddress target, ushort port, Action<SocksEndpoint> shown, Action? drop) =>
        GiveId(requested, target, id => shown(new SocksEndpoint(id, port)), drop);

    /// <summary>Gives an ID, and waits for its copies.</summary>
    private void GiveId(Requested requested, SocksAddress target, Action<SocksAddress> given, Action? drop = null)
    {
        if (!Ids.TryAssociate(target, Self, out var entry, out var isShared))
        {
            drop?.Invoke();
            Refuse(requested, ReplyCode.GeneralFailure, TooManyIds);
        }
        else if (isShared)
        {
            Ids.Hold(entry);
            given(SocksAddress.From(entry.Id));
        }
        else
        {
            _drop = drop;
            var deadline = new SharingDeadline(_services.IdSharing, entry);
            _services.Loop.Schedule(deadline, AddressIdSharing.Patience);
            Become(Sharing(requested, target, given, deadline));
        }
    }

    /// <summary>What happens meanwhile is news for the next state.</summary>
    private Receive Sharing(Requested requested, SocksAddress target, Action<SocksAddress> given, SharingDeadline deadline)
    {
        var meanwhile = new List<object>();
        return message =>
        {
            switch (message)
            {
                case AddressIdShared { IsRefused: false } shared when shared.Entry == deadline.Entry:
                    deadline.Cancel();
                    OnShared(shared.Entry);
                    return true;
                case AddressIdShared shared when shared.Entry == deadline.Entry:
                    OnRefused();
                    return true;
                case ClientClosed closed:
                    End($"address: the client left ({closed.Reason})");
                    return true;
                default:
                    meanwhile.Add(message);
                    return true;
            }
        };

        void OnShared(AddressIdEntry entry)
        {
            _drop = null;
            Ids.Hold(entry);
            given(SocksAddress.From(entry.Id));
            foreach (var message in meanwhile)
                Self.Tell(message);
        }

        void OnRefused()
        {
            if (!Ids.TryAssociate(target, Self, out var entry, out var isShared))
            {
                deadline.Cancel();
                DropWaiting();
                Refuse(requested, ReplyCode.GeneralFailure, TooManyIds);
            }
            else if (isShared)
            {
                deadline.Cancel();
                OnShared(entry);
            }
            else
            {
                deadline.Entry = entry;
                if (!deadline.IsScheduled)
                    _services.IdSharing.Settle(entry);
            }
        }
    }

    private void DropWaiting()
    {
        _drop?.Invoke();
        _drop = null;
    }
}
