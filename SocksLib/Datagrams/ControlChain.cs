using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// The control connections of an association through a chain, one for each hop: the last one is set up first and chooses the servers, the
/// others lead through the same ones. When one of those servers does not relay, a way without it is chosen. Losing any of the connections
/// ends all. On the network's thread.
/// <code>
/// choosing the way ──linked──► following it to each hop ──all linked──► standing ──one is lost──► gone
///        ▲─────────a hop cannot be used────────┘
/// </code>
/// </summary>
public sealed class ControlChain : IChainHandler, IChannelHandler
{
    private readonly INetwork _network;
    private readonly ChainPlan _plan;
    private readonly AvoidingPool[] _pools;
    private readonly IControlChainHandler _handler;
    private readonly long _deadline;
    private readonly ChainLink?[] _links;
    private readonly List<ChainSetup> _setups = [];
    private readonly Queue<Action<SocksReply>> _asked = new();
    private readonly SocksRequest _request;
    private ChainFailure? _last;
    private bool _over;

    private ControlChain(INetwork network, ChainPlan plan, in SocksRequest request, IControlChainHandler handler)
    {
        (_network, _request, _handler, _links) = (network, request, handler, new ChainLink?[plan.Hops.Count]);
        _pools = [.. plan.Hops.Select(pool => new AvoidingPool(pool))];
        _plan = plan with { Hops = _pools };
        _deadline = network.Milliseconds + (long)plan.SetupTimeout.TotalMilliseconds;
    }

    /// <summary>RFC 1928 §4: zeros where the sender does not know yet where its datagrams will come from; hops will send them.</summary>
    public static SocksRequest Associate { get; } = new(SocksCommand.UdpAssociate, RequestFlags.None, SocksEndpoint.Unspecified);

    /// <summary>The hops, once the way is chosen.</summary>
    public IReadOnlyList<ChainHop> Hops => _links[^1]?.Hops ?? [];

    /// <summary>This end of the connection to the first hop.</summary>
    public LiteralEndpoint Local => _links[0]!.Channel.Local;

    /// <summary>Where each hop takes datagrams.</summary>
    public LiteralEndpoint[] Relays => [.. _links.Select((link, hop) => DatagramTunnel.RelayOf(link!.Reply, AddressOf(Hops[hop].Server)))];

    private bool TakesQuestions => _links[^1]!.Reply.Flags.HasFlag(RequestFlags.InterfaceRequest);

    /// <summary>Begins; <paramref name="handler"/> hears later.</summary>
    /// <param name="request">For the last hop: UDP ASSOCIATE in any of its forms.</param>
    /// <param name="lost">How the chain before this one ended, if there was one: that server is the last to be tried.</param>
    public static ControlChain Start(INetwork network, ChainPlan plan, in SocksRequest request, ChainFailure? lost, IControlChainHandler handler)
    {
        var chain = new ControlChain(network, plan, request, handler);
        if (lost is { Server: { } server })
            chain._pools[lost.Hop - 1].PutLast(server);
        chain.Choose();
        return chain;
    }

    /// <summary>Asks the last hop on its control channel, or answers that it has none.</summary>
    public void Ask(in ControlRequest request, Action<SocksReply> answered)
    {
        if (!TakesQuestions || !_links[^1]!.Channel.Send(request.ToBytes()))
            answered(SocksReply.Failure(ReplyCode.CommandNotSupported));
        else
            _asked.Enqueue(answered);
    }

    /// <summary>The connections, one for each hop, for whoever watches them itself; the chain hears and does nothing more.</summary>
    public ChainLink[] Take()
    {
        _over = true;
        return [.. _links.Select(link => link!)];
    }

    /// <summary>Closes everything; the handler hears nothing more.</summary>
    public void Close()
    {
        _over = true;
        LeaveWay();
        while (_asked.TryDequeue(out var answered))
            answered(SocksReply.Failure(ReplyCode.GeneralFailure));
    }

    void IChainHandler.OnLinked(ChainSetup setup, ChainLink link)
    {
        _links[link.Hops.Count - 1] = link;
        if (link.Hops.Count == _links.Length)
            Follow(link.Hops);
        if (Array.TrueForAll(_links, known => known is not null))
            Stand();
    }

    /// <summary>A hop that says why it does not relay is left out; one that broke may have been unlucky.</summary>
    void IChainHandler.OnChainFailed(ChainSetup setup, ChainFailure failure)
    {
        if (_links[^1] is null)
            Fail(failure.Server is null ? _last ?? failure : failure);
        else
            ChooseAnother(failure, failure is { Phase: ChainPhase.Request, Code: not ReplyCode.GeneralFailure });
    }

    void IChannelHandler.OnReadable(IChannel channel)
    {
        if (channel != _links[^1]!.Channel || _asked.Count == 0)
        {
            channel.Consume(channel.Unread.Length);
            return;
        }
        while (_asked.Count > 0)
        {
            var status = SocksReply.Read(channel.Unread, out var reply, out var consumed);
            if (status == ReadStatus.Incomplete)
                return;
            if (status.IsViolation)
            {
                Lose(channel, status.Reason);
                return;
            }
            channel.Consume(consumed);
            _asked.Dequeue()(reply);
        }
    }

    void IChannelHandler.OnEnded(IChannel channel, string cause) => Lose(channel, cause);

    private static IpLiteral AddressOf(HopServer server) => server.Address.TryGetLiteral(out var literal) ? literal.Address : default;

    private void Choose() => SetUp(_pools, _request, share: 1);

    private void ChooseAnother(ChainFailure failure, bool isRefusal)
    {
        LeaveWay();
        _last = failure;
        if (isRefusal)
            _pools[failure.Hop - 1].LeaveOut(failure.Server!);
        else
            _pools[failure.Hop - 1].PutLast(failure.Server!);
        if (_network.Milliseconds < _deadline)
            Choose();
        else
            Fail(failure);
    }

    private void Follow(IReadOnlyList<ChainHop> way)
    {
        var pools = way.Select(IHopPool (hop, number) => new FixedPool(hop.Server, _pools[number])).ToArray();
        for (var hop = 1; hop < way.Count; hop++)
            SetUp(pools[..hop], Associate, share: 2);
    }

    /// <param name="share">Of the time that is left: a hop that has died on the way must leave some for another choice.</param>
    private void SetUp(IReadOnlyList<IHopPool> hops, in SocksRequest request, int share)
    {
        var left = TimeSpan.FromMilliseconds(Math.Max(0, _deadline - _network.Milliseconds) / share);
        _setups.Add(ChainSetup.Start(_network, _plan with { Hops = hops, SetupTimeout = left }, request, this));
    }

    /// <summary>A relay of another family would lead datagrams over a leg that the chain does not want.</summary>
    private void Stand()
    {
        foreach (var (hop, relay) in Relays.Index())
            if (Hops[hop].Server is var server && !server.Over.Allows(relay.Address.Family))
            {
                var failure = new ChainFailure(_plan.Name, hop + 1, server, ChainPhase.Request, ReplyCode.GeneralFailure, $"its relay {relay} is not of the family of its leg");
                ChooseAnother(failure, isRefusal: true);
                return;
            }
        _handler.OnStanding(this);
        foreach (var link in _links)
            if (!_over)
                link!.Channel.Handler = this;
    }

    private void LeaveWay()
    {
        _setups.ForEach(setup => setup.Cancel());
        _setups.Clear();
        foreach (var link in _links)
            link?.Channel.Abort();
        if (!_over)
            Array.Clear(_links);
    }

    private void Fail(ChainFailure failure)
    {
        Close();
        _handler.OnFailed(this, failure);
    }

    private void Lose(IChannel channel, string cause)
    {
        if (_over)
            return;
        var hop = Array.FindIndex(_links, link => link!.Channel == channel);
        var failure = new ChainFailure(_plan.Name, hop + 1, Hops[hop].Server, ChainPhase.Request, ReplyCode.GeneralFailure, $"the control connection is lost: {cause}");
        Close();
        _handler.OnLost(this, failure);
    }
}
