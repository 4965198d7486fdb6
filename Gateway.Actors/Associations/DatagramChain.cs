using Gateway.Actors.Sessions;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>
/// The datagrams of one association that a chain carries. When the way breaks, another is set up behind the same client-facing port, while
/// a few datagrams wait; the remotes then see a new source. Loop's thread only.
/// <code>
/// idle ──first datagram──► setting up ──► standing ──control connection lost──► setting up
///   ▲──────no way leads through, for a while──┘
/// </code>
/// Answers are let through like those of the direct way, from whom the client has sent to, until it sends to a name: whom that led to, the
/// last hop alone knows.
/// </summary>
internal sealed class DatagramChain(SessionServices services, AssociationTerms terms, string name, IDatagramChainHandler handler) : IControlChainHandler, IUdpHandler, IDisposable
{
    /// <summary>Datagrams that wait for the chain: enough for a client's first burst.</summary>
    private const int MostWaiting = 16;

    /// <summary>Milliseconds until nobody waits for an answer to them any more; clients have asked anew by then.</summary>
    private const long LongestWait = 5_000;

    private readonly Queue<(long Since, SocksEndpoint Target, AddressId? Id, byte[] Data)> _waiting = new();
    private readonly Queue<(SocksEndpoint Target, Action<SocksReply> Answered)> _questions = new();
    private readonly Correspondents _correspondents = new();
    private Action<ChainFailure?>? _opened;
    private ControlChain? _control;
    private DatagramTunnel? _tunnel;
    private WayTraffic? _way;
    private UdpSocket? _socket;
    private LoopTimer? _again;
    private ChainFailure? _lastLoss;
    private RetryPause _pause;
    private long _stoodAt, _lost;
    private bool _hasStood, _hasSentToNames, _disposed;

    /// <summary>Datagrams that found no room and no way so far.</summary>
    public long Lost => _lost + (_socket?.Counters.Lost ?? 0);

    private bool IsStanding => _tunnel is not null;

    /// <summary>Sets the chain up before the first datagram; <paramref name="opened"/> hears null when it stands. Once, on the loop.</summary>
    public void Open(Action<ChainFailure?> opened)
    {
        _opened = opened;
        SetUp();
    }

    /// <summary>Sends number <paramref name="index"/> of a batch on.</summary>
    /// <param name="length">Of its header.</param>
    /// <param name="written">The destination in its header.</param>
    /// <param name="target">The destination that the last hop shall read.</param>
    public void Forward(UdpBatch batch, int index, int length, in SocksEndpoint written, in SocksEndpoint target, AddressId? id)
    {
        var data = batch.Payload(index)[length..];
        if (!IsStanding)
        {
            Wait(target, id, data);
            return;
        }
        Remember(target, id);
        terms.Traffic.CountSent(data.Length, _way!);
        var header = new UdpHeader(0, target);
        var start = UdpBatch.Headroom + length - (target == written ? length : header.Length);
        if (start < _tunnel!.FrontLength)
        {
            SendCopy(header, data);
            return;
        }
        var buffer = batch.WithHeadroom(index);
        if (target != written)
            header.WriteBefore(buffer, UdpBatch.Headroom + length);
        batch.Forward(index, _tunnel.Wrap(buffer, start), _socket!, IpEndpoint.From(_tunnel.Entrance));
    }

    /// <summary>Sends what lies in no batch.</summary>
    public void Send(in SocksEndpoint target, AddressId? id, ReadOnlySpan<byte> data)
    {
        if (!IsStanding)
        {
            Wait(target, id, data);
            return;
        }
        Remember(target, id);
        terms.Traffic.CountSent(data.Length, _way!);
        SendCopy(new UdpHeader(0, target), data);
    }

    /// <summary>INTERFACE DATA is known to the last hop alone, so the question waits for the chain.</summary>
    public void Ask(in SocksEndpoint target, Action<SocksReply> answered)
    {
        if (IsStanding)
        {
            _control!.Ask(new ControlRequest(ControlRequest.InterfaceData, 0, target), answered);
            return;
        }
        _questions.Enqueue((target, answered));
        SetUp();
        if (_control is null && !_hasStood)
            Answer(ReplyCode.HostUnreachable);
    }

    public void Dispose()
    {
        _disposed = true;
        _again?.Cancel();
        TearDown();
    }

    void IControlChainHandler.OnStanding(ControlChain chain)
    {
        var relays = chain.Relays;
        try
        {
            _socket = UdpSocket.Open(services.Loop, Source(chain.Local, relays[0]), this);
        }
        catch (TransportException failure)
        {
            chain.Close();
            Fail(new ChainFailure(name, 1, chain.Hops[0].Server, ChainPhase.Connect, ReplyCode.GeneralFailure, failure.Message));
            return;
        }
        _tunnel = new DatagramTunnel(relays);
        (_hasStood, _stoodAt, _lastLoss) = (true, services.Loop.Milliseconds, null);
        _way = terms.Traffic.Through(name, chain.Hops);
        foreach (var hop in chain.Hops)
            services.Chains.Load.Enter(hop.Server.Name);
        Tell(null);
        while (_waiting.TryDequeue(out var waiting))
            if (services.Loop.Milliseconds - waiting.Since <= LongestWait)
                Send(waiting.Target, waiting.Id, waiting.Data);
            else
                _lost++;
        while (_questions.TryDequeue(out var question))
            Ask(question.Target, question.Answered);
    }

    void IControlChainHandler.OnFailed(ControlChain chain, ChainFailure failure) => Fail(failure);

    void IControlChainHandler.OnLost(ControlChain chain, ChainFailure failure)
    {
        TearDown();
        Report(failure);
        _lastLoss = failure;
        _pause = _pause.AfterLoss(TimeSpan.FromMilliseconds(services.Loop.Milliseconds - _stoodAt));
        if (_pause.Length == TimeSpan.Zero)
            SetUp();
        else
            SetUpLater();
    }

    void IUdpHandler.OnReceived(UdpSocket socket, UdpBatch batch)
    {
        for (var index = 0; index < batch.Count && _tunnel is { } tunnel; index++)
        {
            var datagram = batch.Payload(index);
            if (batch.Source(index).ToLiteral().Canonical != tunnel.Entrance || !tunnel.TryUnwrap(datagram, out var start)
                || UdpHeader.Read(datagram[start..], out var header, out var length) != ReadStatus.Complete || !header.StandsAlone)
            {
                terms.Traffic.CountRefused();
                continue;
            }
            var source = header.Destination;
            if (source.TryGetLiteral(out var literal) && _correspondents.TryAnswer(literal, out var shown))
                handler.OnReturned(batch, index, start, length, source, shown, _way!);
            else if (_hasSentToNames)
                handler.OnReturned(batch, index, start, length, source, source, _way!);
            else
                terms.Traffic.CountRefused();
        }
    }

    /// <summary>Begins, unless it has begun or it is too early.</summary>
    private void SetUp()
    {
        if (_control is not null || _disposed || _again is { IsScheduled: true })
            return;
        if (!services.Chains.TryPlan(name, terms.Chain, out var plan, out var obstacle))
        {
            Fail(obstacle);
            return;
        }
        _control = ControlChain.Start(services.NetworkFor(terms.Identity.Client), plan, Request, _lastLoss, this);
    }

    private SocksRequest Request => ControlChain.Associate with { Flags = terms.Request.WantsControlChannel ? RequestFlags.InterfaceRequest : RequestFlags.None };

    /// <summary>Hops relay for the host that holds the control connection (RFC 1928 §7); a relay of the other family is reached as can be.</summary>
    private IpEndpoint Source(LiteralEndpoint control, LiteralEndpoint relay) =>
        control.Address.Canonical.Family == relay.Address.Family ? IpEndpoint.From(control).WithPort(0) : services.Dialer.Options.Egress.For(relay.Address.Family, terms.Identity.Client);

    private void Fail(ChainFailure failure)
    {
        TearDown();
        _lost += _waiting.Count;
        _waiting.Clear();
        _pause = _pause.AfterFailure();
        SetUpLater();
        if (_opened is null)
            Report(failure);
        Answer(failure.Code);
        Tell(failure);
    }

    /// <summary>By itself where remotes may wait to be heard, else when the client sends again.</summary>
    private void SetUpLater()
    {
        if (!_disposed)
            _again = services.Loop.Schedule(_pause.Length, _hasStood ? SetUp : static () => { });
    }

    private void Answer(ReplyCode code)
    {
        while (_questions.TryDequeue(out var question))
            question.Answered(SocksReply.Failure(code));
    }

    /// <summary>What a client hears of is in its session's record; this it would not hear of.</summary>
    private void Report(ChainFailure failure) =>
        services.Status.FailureNews.Report(GatewayEventKind.AssociationBroken, $"trace {terms.Chain.Trace}", $"{terms.Identity.Client}: {failure}");

    private void Tell(ChainFailure? failure)
    {
        var opened = _opened;
        _opened = null;
        opened?.Invoke(failure);
    }

    private void TearDown()
    {
        var (control, socket) = (_control, _socket);
        if (IsStanding)
        {
            _way!.Stands = false;
            foreach (var hop in control!.Hops)
                services.Chains.Load.Leave(hop.Server.Name);
        }
        (_control, _socket, _tunnel) = (null, null, null);
        control?.Close();
        if (socket is null)
            return;
        socket.Close();
        _lost += socket.Counters.Lost;
    }

    private void Wait(in SocksEndpoint target, AddressId? id, ReadOnlySpan<byte> data)
    {
        if (_waiting.Count == MostWaiting)
        {
            _waiting.Dequeue();
            _lost++;
        }
        _waiting.Enqueue((services.Loop.Milliseconds, target, id, data.ToArray()));
        SetUp();
    }

    private void Remember(in SocksEndpoint target, AddressId? id)
    {
        if (target.TryGetLiteral(out var literal))
            _correspondents.SentTo(literal.Address, id);
        else
            _hasSentToNames = true;
    }

    private void SendCopy(in UdpHeader header, ReadOnlySpan<byte> data)
    {
        var front = _tunnel!.FrontLength;
        var copy = new byte[front + header.Length + data.Length];
        header.Write(copy.AsSpan(front));
        data.CopyTo(copy.AsSpan(front + header.Length));
        _tunnel.Wrap(copy, front);
        _socket!.Send(copy, IpEndpoint.From(_tunnel.Entrance));
    }
}
