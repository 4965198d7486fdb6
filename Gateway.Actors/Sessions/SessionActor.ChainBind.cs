using Akka.Actor;
using Gateway.Actors.Chains;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>BIND through a chain: the last hop listens. After its first reply there is no other way, for the peer knows where to go.</summary>
internal sealed partial class SessionActor
{
    private void BindThrough(Requested requested)
    {
        _client.ResumeReading();
        SetUpChain(requested, Passed(requested.Request), link => OnListeningBeyond(requested, link), failure => RefuseChain(requested, failure));
    }

    private void OnListeningBeyond(Requested requested, ChainLink link)
    {
        Chain.Awaited = link.Channel;
        var request = requested.Request;
        Show(requested, request.Destination.Address, ReplyAddress.Bound(Listening(link), _client.Local.Address, request.Flags), shown =>
        {
            Reply(SocksReply.Success(shown));
            _services.Loop.Schedule(_events, _services.Settings.Timeouts.Bind);
            Become(AwaitingPeerBeyond(requested, link.Channel));
            link.Channel.Handler = _events;
        });
    }

    /// <summary>A hop that names no address means its own.</summary>
    private static LiteralEndpoint Listening(ChainLink link)
    {
        var bound = Told(link.Reply);
        return bound.Address.IsUnspecified && link.Hops[^1].Server.Address.TryGetLiteral(out var hop) ? bound with { Address = hop.Address } : bound;
    }

    private Receive AwaitingPeerBeyond(Requested requested, IChannel channel) => message =>
    {
        switch (message)
        {
            case ChannelReadable:
                ReadPeer(requested, channel);
                return true;
            case ChannelEnded ended:
                Refuse(requested, ReplyCode.GeneralFailure, $"bind: the chain is gone ({ended.Cause})");
                return true;
            case RequestTimedOut:
                Refuse(requested, ReplyCode.TtlExpired, "bind: nobody came in time");
                return true;
            default:
                return HasClientLeft(message, "bind") || IsStale(message);
        }
    };

    private void ReadPeer(Requested requested, IChannel channel)
    {
        var status = SocksReply.Read(channel.Unread, out var reply, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        channel.Consume(consumed);
        if (status.IsViolation)
            Refuse(requested, ReplyCode.GeneralFailure, $"bind: the last hop's second reply: {status.Reason}");
        else if (reply.Code != ReplyCode.Succeeded)
            Refuse(requested, Known(reply.Code), $"bind: the last hop: {reply.Code.Text}");
        else
            OnPeerBeyond(requested, Told(reply).Canonical);
    }

    /// <summary>A peer that the client did not name is judged when it is known.</summary>
    private void OnPeerBeyond(Requested requested, LiteralEndpoint peer)
    {
        Chain.Peer = peer;
        var request = requested.Request;
        if (request.Destination.Address.IsUnspecified && !_services.Rules.Decide(Identity, request.Command, SocksEndpoint.From(peer)).IsAllowed)
            Refuse(requested, ReplyCode.NotAllowed, $"bind: {peer} came, which the rules keep out");
        else
        {
            _events.Cancel();
            Show(requested, peer.Address, ReplyAddress.Peer(peer, _client.Local.Address, request.Flags), shown =>
            {
                Reply(SocksReply.Success(shown));
                BeginRelay(((LoopChannel)Chain.Awaited!).Take());
                Chain.Awaited = null;
            });
        }
    }
}
