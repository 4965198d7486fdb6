using Gateway.Protocol;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>
/// The control connections of an association through a chain, one for each hop: the last one is set up first and chooses the servers, the
/// others lead through the same ones. Losing any of them ends all. Loop's thread only.
/// <code>
/// choosing the way ──linked──► following it to each hop ──all linked──► standing ──one is lost──► gone
/// </code>
/// </summary>
internal sealed class ControlChain : IChainHandler, IChannelHandler
{
    private readonly INetwork _network;
    private readonly ChainPlan _plan;
    private readonly IControlChainHandler _handler;
    private readonly long _deadline;
    private readonly ChainLink?[] _links;
    private readonly List<ChainSetup> _setups = [];
    private readonly Queue<Action<SocksReply>> _asked = new();
    private bool _over;

    private ControlChain(INetwork network, ChainPlan plan, IControlChainHandler handler)
    {
        (_network, _plan, _handler, _links) = (network, plan, handler, new ChainLink?[plan.Hops.Count]);
        _deadline = network.Milliseconds + (long)plan.SetupTimeout.TotalMilliseconds;
    }

    /// <summary>The hops, once the way is chosen.</summary>
    public IReadOnlyList<ChainHop> Hops => _links[^1]?.Hops ?? [];

    /// <summary>This end of the connection to the first hop.</summary>
    public LiteralEndpoint Local => _links[0]!.Channel.Local;

    /// <summary>Where each hop takes datagrams.</summary>
    public LiteralEndpoint[] Relays => [.. _links.Select((link, hop) => DatagramTunnel.RelayOf(link!.Reply, AddressOf(Hops[hop].Server)))];

    private bool TakesQuestions => _links[^1]!.Reply.Flags.HasFlag(RequestFlags.InterfaceRequest);

    /// <summary>Begins; <paramref name="handler"/> hears later.</summary>
    /// <param name="flags">For the last hop.</param>
    public static ControlChain Start(INetwork network, ChainPlan plan, RequestFlags flags, IControlChainHandler handler)
    {
        var chain = new ControlChain(network, plan, handler);
        chain._setups.Add(ChainSetup.Start(network, plan, Associate(flags), chain));
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

    /// <summary>Closes everything; the handler hears nothing more.</summary>
    public void Close()
    {
        _over = true;
        _setups.ForEach(setup => setup.Cancel());
        foreach (var link in _links)
            link?.Channel.Abort();
        while (_asked.TryDequeue(out var answered))
            answered(SocksReply.Failure(ReplyCode.GeneralFailure));
    }

    void IChainHandler.OnLinked(ChainSetup setup, ChainLink link)
    {
        _links[link.Hops.Count - 1] = link;
        if (link.Hops.Count == _links.Length)
            Follow(link.Hops);
        if (!_over && Array.TrueForAll(_links, known => known is not null))
            Stand();
    }

    void IChainHandler.OnChainFailed(ChainSetup setup, ChainFailure failure)
    {
        Close();
        _handler.OnFailed(this, failure);
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
                Lose(status.Reason);
                return;
            }
            channel.Consume(consumed);
            _asked.Dequeue()(reply);
        }
    }

    void IChannelHandler.OnEnded(IChannel channel, string cause) => Lose(cause);

    /// <summary>RFC 1928 §4: zeros where the sender does not know yet where its datagrams will come from; hops will send them.</summary>
    private static SocksRequest Associate(RequestFlags flags) => new(SocksCommand.UdpAssociate, flags, SocksEndpoint.Unspecified);

    private static IpLiteral AddressOf(HopServer server) => server.Address.TryGetLiteral(out var literal) ? literal.Address : default;

    private void Follow(IReadOnlyList<ChainHop> way)
    {
        var pools = way.Select(IHopPool (hop, number) => new FixedPool(hop.Server, _plan.Hops[number])).ToArray();
        var left = TimeSpan.FromMilliseconds(Math.Max(0, _deadline - _network.Milliseconds));
        for (var hop = 1; hop < way.Count; hop++)
            _setups.Add(ChainSetup.Start(_network, _plan with { Hops = pools[..hop], SetupTimeout = left }, Associate(RequestFlags.None), this));
    }

    private void Stand()
    {
        _handler.OnStanding(this);
        foreach (var link in _links)
            if (!_over)
                link!.Channel.Handler = this;
    }

    private void Lose(string cause)
    {
        if (_over)
            return;
        Close();
        _handler.OnLost(this, cause);
    }
}
