using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// One way, being tried. <c>Resolving → Opening → Shaking hands → linked or failed</c>: it resolves a name on the way first, then opens a
/// channel to the first hop and lets a <see cref="ChainHandshake"/> speak over it. Tells its <see cref="ChainSetup"/> what comes of it.
/// </summary>
internal sealed class ChainAttempt(ChainSetup setup, Candidate end) : IOpenHandler, IChannelHandler
{
    private const int FlightLength = 4096;

    private readonly long _started = setup.Network.Milliseconds;
    private HopServer[] _way = [];
    private ChainHop[] _hops = [];
    private IPending? _pending, _patience;
    private IChannel? _channel;
    private ChainHandshake? _handshake;
    private long _waitingSince;
    private bool _isWaiting, _isDoubted;

    /// <summary>The hop that the attempt waits for.</summary>
    public Candidate Awaited { get; private set; } = end;

    /// <summary>What it waits for there.</summary>
    public ChainPhase Phase => _handshake?.Phase ?? ChainPhase.Connect;

    /// <summary>Whether the hop that is awaited has yet to answer at all.</summary>
    public bool IsSilent => Phase is ChainPhase.Connect or ChainPhase.Greeting;

    /// <summary>Milliseconds that it has been silent; 0 when it is not.</summary>
    public long Silence => IsSilent ? setup.Network.Milliseconds - _waitingSince : 0;

    /// <summary>A name is being resolved; nothing was asked of any hop.</summary>
    public bool IsResolving => _way.Length == 0;

    /// <summary>Where the way ends: a last hop, or the name that is being resolved.</summary>
    public Candidate End { get; } = end;

    /// <summary>The hop was reported as silent, this time.</summary>
    public bool IsReported { get; set; }

    public TimeSpan Elapsed => TimeSpan.FromMilliseconds(setup.Network.Milliseconds - _started);

    public void Start()
    {
        End.IsTaken = true;
        if (End.IsName)
            _pending = setup.Network.Resolve(End.Server!.Address.Address.ToString(), End.Server.Over, addresses => setup.OnResolved(this, addresses));
        else
            Open();
        Wait(End.IsName ? End : At(1));
    }

    /// <summary>Who a candidate turned out to be: the first hop may be opened by name, and has an address since.</summary>
    public HopServer? Server(Candidate hop) => IsResolving || hop.Hop == 0 ? hop.Server : _way[hop.Hop - 1];

    /// <summary>The hops up to number <paramref name="hop"/>; that one with the time until now.</summary>
    public IReadOnlyList<ChainHop> WayTo(int hop) =>
        IsResolving || _hops[..(hop - 1)].Any(passed => passed.Server is null) ? [] : [.. _hops[..(hop - 1)], Now(_way[hop - 1])];

    /// <summary>Leaves nothing open; the way is there for another attempt.</summary>
    public void Abort()
    {
        End.IsTaken = false;
        _pending?.Cancel();
        _patience?.Cancel();
        _channel?.Abort();
        StopWaiting();
    }

    public void OnOpened(IChannel channel)
    {
        _pending = null;
        _channel = channel;
        if (_way[0].Address.Address.IsName)
            _way[0] = _way[0] with { Address = SocksEndpoint.From(channel.Peer) };
        _handshake = new ChainHandshake(_way, setup.Request);
        Wait(Awaited);
        channel.Handler = this;
        Send();
    }

    public void OnOpenFailed(ReplyCode code, string cause) => Fail(new WayFailure(1, ChainPhase.Connect, code, cause));

    public void OnReadable(IChannel channel)
    {
        while (!setup.IsOver && _channel == channel)
        {
            var hop = _handshake!.Hop;
            var progress = _handshake.Read(channel.Unread, out var consumed);
            if (progress == HandshakeProgress.Waiting) return;
            channel.Consume(consumed);
            Follow(progress, hop);
        }
    }

    public void OnEnded(IChannel channel, string cause) => Fail(_handshake!.Lost(cause));

    private void Follow(HandshakeProgress progress, int hop)
    {
        switch (progress)
        {
            case HandshakeProgress.Failed:
                Fail(_handshake!.Failure!.Value);
                break;
            case HandshakeProgress.Linked:
                Link();
                break;
            case HandshakeProgress.Answered:
                _hops[hop - 1] = Now(_way[hop - 1]);
                setup.OnAnswered(this, Awaited);
                goto default;
            default:
                Wait(At(_handshake!.Hop));
                Send();
                break;
        }
    }

    /// <summary>What may leave, leaves in one piece, so that it travels in as few segments as it fits into.</summary>
    private void Send()
    {
        Span<byte> flight = stackalloc byte[FlightLength];
        while (_handshake!.Write(flight) is > 0 and var length)
            if (!_channel!.Send(flight[..length]))
            {
                Fail(_handshake.Lost("closed"));
                return;
            }
    }

    private void Open()
    {
        _way = new HopServer[End.Hop];
        _hops = new ChainHop[End.Hop];
        for (var candidate = End; candidate.Hop > 0; candidate = candidate.Previous!)
            _way[candidate.Hop - 1] = candidate.Server!;
        _pending = setup.Network.Open(_way[0].Address, _way[0].Over, this);
    }

    private void Link()
    {
        var channel = _channel!;
        channel.Handler = null;
        _patience?.Cancel();
        _channel = null;
        setup.OnLinked(this, new ChainLink(channel, _handshake!.Reply, _hops, setup.Attempts));
    }

    private ChainHop Now(HopServer server) => new(server, Elapsed) { Begun = _started };

    private void Fail(WayFailure failure)
    {
        Abort();
        _channel = null;
        setup.OnFailed(this, At(failure.Hop), failure);
    }

    private Candidate At(int hop)
    {
        var candidate = End;
        while (candidate.Hop > hop) candidate = candidate.Previous!;
        return candidate;
    }

    /// <summary>Something has come: patience begins anew, with the hop that is to answer next.</summary>
    private void Wait(Candidate hop)
    {
        StopWaiting();
        Awaited = hop;
        IsReported = false;
        _waitingSince = setup.Network.Milliseconds;
        if (_patience is null) WaitFor(setup.Patience);
        if (!IsSilent) return;
        hop.Waiting++;
        _isWaiting = true;
    }

    private void StopWaiting()
    {
        if (_isWaiting) Awaited.Waiting--;
        _isWaiting = false;
    }

    private void WaitFor(long milliseconds) =>
        _patience = setup.Network.Schedule(TimeSpan.FromMilliseconds(milliseconds), OnPatienceDue);

    /// <summary>One timer serves all hops: it runs on for what is left when something came in the meantime.</summary>
    private void OnPatienceDue()
    {
        var left = setup.Patience - (setup.Network.Milliseconds - _waitingSince);
        WaitFor(left > 0 ? left : setup.Patience);
        if (left > 0) return;
        if (IsSilent)
            setup.OnSilent(this);
        else if (!_isDoubted && setup.Unfit(this) is { } hop)
            _isDoubted = setup.OnDoubted(this, hop);
    }
}
