using Akka.Actor;
using Gateway.Actors.Chains;
using Gateway.Actors.Settings;
using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>The way through other gateways, for whichever command the route sends there.</summary>
internal sealed partial class SessionActor
{
    /// <summary>Null while no other gateway has to do with the session.</summary>
    private ChainPassage? _chain;

    private ChainPassage Chain => _chain ??= new ChainPassage();

    private IReadOnlyList<HopRecord> HopRecords => _traffic?.Hops ?? Recorded(_chain?.Hops ?? []);

    /// <summary>Gateways that may follow this one.</summary>
    private int HopsLeft => _leg?.HopsLeft ?? _services.Settings.MaxHops - 1;

    private HopRecord[] Recorded(IReadOnlyList<ChainHop> hops)
    {
        if (hops.Count == 0)
            return [];
        var (age, now) = (_services.Time.GetElapsedTime(_startedAt), _services.Loop.Milliseconds);
        return [.. hops.Select(hop => HopRecord.Of(hop, age - TimeSpan.FromMilliseconds(now - hop.Begun)))];
    }

    private ChainSettings ChainOf(Requested requested) => _services.Settings.Chains[requested.Route!.Via];

    private ChainTerms Terms(in SocksRequest passed) => new()
    {
        Client = Identity.Client,
        User = Identity.User,
        Trace = Trace,
        Destination = passed.Destination,
        HopsLeft = HopsLeft,
        Over = Wish,
    };

    /// <summary>Sets the route's chain up, and lets its last hop serve <paramref name="passed"/>.</summary>
    /// <param name="deadline">When the chain's time is over; null when it begins now.</param>
    private void SetUpChain(Requested requested, SocksRequest passed, Action<ChainLink> linked, Action<ChainFailure> failed, TimeSpan? deadline = null)
    {
        if (!_services.Chains.TryPlan(requested.Route!.Via, Terms(passed), out var plan, out var obstacle))
        {
            failed(obstacle);
            return;
        }
        if (deadline is { } end)
            plan = plan with { SetupTimeout = end > _services.Now ? end - _services.Now : TimeSpan.Zero };
        var setup = ChainSetup.Start(_services.NetworkFor(Identity.Client), plan, passed with { Flags = Spoken(requested, passed) }, _events);
        Become(Chaining(setup, linked, failed));
    }

    private Receive Chaining(ChainSetup setup, Action<ChainLink> linked, Action<ChainFailure> failed) => message =>
    {
        switch (message)
        {
            case ChainLinked:
                OnLinked(_events.TakeLink()!, linked);
                return true;
            case ChainFailed news:
                Chain.FailedWay = news.Way;
                failed(news.Failure);
                return true;
            case ClientClosed:
            case ClientFinished when _command?.Base != SocksCommand.Connect:
                setup.Cancel();
                End("chain: the client left");
                return true;
            default:
                return IsStale(message);
        }
    };

    private void OnLinked(ChainLink link, Action<ChainLink> linked)
    {
        LeaveHops();
        Chain.Enter(link.Hops, _services.Chains.Load);
        linked(link);
    }

    private void LeaveHops() => _chain?.Leave(_services.Chains.Load);

    /// <summary>The code of the hop that failed. A number that RFC 1928 does not know means nothing to the client.</summary>
    private void RefuseChain(Requested requested, ChainFailure failure)
    {
        Chain.Failure = failure;
        Refuse(requested, Known(failure.Code), failure.ToString());
    }

    private static ReplyCode Known(ReplyCode code) =>
        code is > ReplyCode.Succeeded and <= ReplyCode.InvalidAddress ? code : ReplyCode.GeneralFailure;

    /// <summary>
    /// FLAG for the last hop. A member is always asked for the true address: what this client can deal with is decided here. Of others those
    /// that speak the draft hear what the client says.
    /// </summary>
    private RequestFlags Spoken(Requested requested, in SocksRequest passed)
    {
        if (passed.Command.Base is not (SocksCommand.Connect or SocksCommand.Bind or SocksCommand.AddressAssociate))
            return RequestFlags.None;
        var last = ChainOf(requested).Hops[^1];
        if (last.Role is not null && passed.Command.Base != SocksCommand.AddressAssociate)
            return RequestFlags.DestinationFamily;
        return passed.Flags & RequestFlags.DestinationFamily;
    }

    private bool AllAnswer(HopSettings last) => last.Gateways.All(name => _services.Settings.Gateways[name].AddressAssociate);

    /// <summary>The client's request in words that any server understands: without bit 08, and a literal is a literal.</summary>
    private static SocksRequest Passed(in SocksRequest request) =>
        request with { Command = request.Command.Base, Destination = request.Destination with { Address = request.Destination.Address.LiteralIfNamed } };

    /// <summary>BND of the last hop as an address; whoever answers with a name says nothing of use.</summary>
    private static LiteralEndpoint Told(in SocksReply reply) =>
        reply.Bound.TryGetLiteral(out var literal) ? literal : new LiteralEndpoint(IpLiteral.AnyIpv4, reply.Bound.Port);
}
