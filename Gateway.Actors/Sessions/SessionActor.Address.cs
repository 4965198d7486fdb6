using Akka.Actor;
using Akka.Event;
using Gateway.Actors.Names;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>
/// ADDRESS ASSOCIATE by itself (draft-kitamura-socks-ipv6-01, Extension 2), and Tor's RESOLVE and RESOLVE_PTR: an answer and no relay.
/// </summary>
internal sealed partial class SessionActor
{
    private void AssociateAddress(Requested requested)
    {
        var answer = _speaksSocks4 ? AddressAnswer.Ipv4 : AddressAnswers.For(requested.Request, _leg is null && _services.Settings.AddressId.AlwaysId);
        var target = requested.Request.Destination.Address.LiteralIfNamed;
        if (requested.Request is { Command: SocksCommand.AddressAssociate, Destination.Port: > byte.MaxValue and var preference })
            Context.System.Log.Debug("session {0}: the upper octet of ADR.PREF {1:X4} is ignored", _number, preference);
        if (answer == AddressAnswer.Id)
            AnswerId(requested, target);
        else if (answer == AddressAnswer.Name == target.IsIp && requested.Route is { IsChain: true })
            AskBeyond(requested, target);
        else if (answer == AddressAnswer.Name && target.TryGetIp(out var address))
            FindName(requested, address);
        else if (answer != AddressAnswer.Name && target.IsName)
            FindAddresses(requested, answer, target.ToString());
        else if (answer == AddressAnswer.Ipv4 && target.Type == AddressType.Ipv6 || answer == AddressAnswer.Ipv6 && target.Type == AddressType.Ipv4)
            Refuse(requested, ReplyCode.HostUnreachable, $"address: {target} is of the other family");
        else
            Answer(target);
    }

    /// <summary>Names are not resolved for it: an ID is a promise of the gateway, and no answer of the name servers.</summary>
    private void AnswerId(Requested requested, SocksAddress target)
    {
        if (_leg is null)
            GiveId(requested, target, Answer);
        else
            Refuse(requested, ReplyCode.CommandNotSupported, NoIdsForMembers);
    }

    /// <summary>The last hop knows what the destination's network calls it.</summary>
    private void AskBeyond(Requested requested, SocksAddress target)
    {
        var request = requested.Request;
        SetUpChain(requested, request with { Destination = request.Destination with { Address = target } }, OnToldBeyond, failure => RefuseChain(requested, failure));

        void OnToldBeyond(ChainLink link)
        {
            link.Channel.Abort();
            var told = link.Reply.Bound.Address;
            if (told.IsIp && !_services.Rules.Decide(Identity, request.Command, new SocksEndpoint(told, 0)).IsAllowed)
                Refuse(requested, ReplyCode.NotAllowed, "address: the address that the last hop tells is not allowed");
            else if (told.IsId || told.IsUnspecified)
                Refuse(requested, ReplyCode.HostUnreachable, "address: the last hop tells none");
            else
                Answer(told);
        }
    }

    private void FindName(Requested requested, IpLiteral address)
    {
        var self = Self;
        var lookup = ReverseLookup.Start(_services.Dialer.Resolver, _services.Loop, address, Identity.Client, named => self.Tell(named));
        Become(Resolving(requested, AddressAnswer.Name, lookup.Cancel));
    }

    private void FindAddresses(Requested requested, AddressAnswer answer, string name)
    {
        var self = Self;
        var over = answer switch
        {
            AddressAnswer.Ipv4 => FamilyWish.Ipv4,
            AddressAnswer.Ipv6 => FamilyWish.Ipv6,
            _ => Wish,
        };
        var lookup = NameLookup.Start(_services.Dialer.Resolver, _services.Loop, name, over, Identity.Client, resolved => self.Tell(resolved));
        Become(Resolving(requested, answer, lookup.Cancel));
    }

    private Receive Resolving(Requested requested, AddressAnswer answer, Action cancel) => message =>
    {
        switch (message)
        {
            case NameResolved resolved:
                OnResolved(requested, answer, resolved);
                return true;
            case AddressNamed { Name: { } name }:
                Answer(name);
                return true;
            case AddressNamed:
                Refuse(requested, ReplyCode.HostUnreachable, "address: no name is found");
                return true;
            case ClientClosed closed:
                cancel();
                End($"address: the client left ({closed.Reason})");
                return true;
            default:
                return IsStale(message);
        }
    };

    /// <summary>
    /// The client is told no address that it may not go to. <c>B4</c>: with FLAG 10 the one that a connection would be tried with first.
    /// </summary>
    private void OnResolved(Requested requested, AddressAnswer answer, NameResolved resolved)
    {
        var request = requested.Request;
        var allowed = resolved.Addresses.Where(address => _services.Rules.MayDial(Identity, request.Command, request.Destination, address)).ToList();
        if (resolved.Status == ResolveStatus.Found && allowed.Count == 0)
            Refuse(requested, ReplyCode.NotAllowed, "address: none of the name's addresses is allowed");
        else if (Choose(answer, allowed) is { } address)
            Answer(address);
        else
            Refuse(requested, ReplyCode.HostUnreachable, $"address: {(resolved.Status == ResolveStatus.NotFound ? "not found" : "no answer of the name servers")}");
    }

    private IpLiteral? Choose(AddressAnswer answer, List<IpLiteral> addresses) => answer switch
    {
        _ when addresses.Count == 0 => null,
        AddressAnswer.AnyFamily => addresses.Find(address => address.IsIpv4) is { IsUnspecified: false } ipv4 ? ipv4 : addresses[0],
        AddressAnswer.RouteFamily => _services.Dialer.Reachable(addresses.Select(address => IpEndpoint.From(address, 0)), Wish) is [var first, ..] ? first.Address : null,
        _ => addresses[0],
    };

    /// <summary><c>B7</c>: port 0. <c>B11</c>: the connection stays, for as long as an ID would live unused.</summary>
    private void Answer(SocksAddress address)
    {
        Reply(SocksReply.Success(new SocksEndpoint(address, 0)));
        _ids?.Release();
        // A member's seal is good for one request.
        if (_speaksSocks4 || _leg is not null || !_client.IsOpen)
        {
            CloseAfterReply("address: answered");
            return;
        }
        _services.Loop.Schedule(_events, _services.Settings.AddressId.Idle);
        Become(AwaitingAnother);
        _client.ResumeReading();
        // Not from inside the answer to the one before: a client may send thousands at once.
        if (!_client.Unread.IsEmpty)
            Self.Tell(ClientReadable.Instance);
    }

    private bool AwaitingAnother(object message)
    {
        switch (message)
        {
            case ClientFinished or ClientClosed:
                End("address: answered");
                return true;
            case RequestTimedOut:
                End("address: idle");
                return true;
            case ClientReadable:
                _events.LookedAt();
                ReadRequest();
                return true;
            default:
                return false;
        }
    }
}
