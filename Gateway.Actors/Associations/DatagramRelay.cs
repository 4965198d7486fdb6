using Gateway.Actors.Sessions;
using Gateway.Actors.Status;
using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Associations;

/// <summary>
/// Moves the datagrams of one association. Loop's thread only.
/// <code>
///            ┌──────────────────────────────┐
/// client ◄──►│ inner    DatagramRelay  ipv4 │◄──► remotes over IPv4
///            │                         ipv6 │◄──► remotes over IPv6
///            │                       chains │◄──► remotes behind other gateways (DatagramChain)
///            └──────────────────────────────┘
/// </code>
/// Towards a remote: 1. is the sender the client? 2. read the header; 3. put fragments together; 4. find the address
/// (<see cref="DatagramRoutes"/>); 5. send without the header. Towards the client: 1. has the client written to this host?
/// 2. write the header; 3. send. Whatever fails is dropped in silence (RFC 1928 §7).
/// </summary>
internal sealed class DatagramRelay : IUdpHandler, IDatagramChainHandler, IDisposable
{
    private readonly SessionServices _services;
    private readonly AssociationTerms _terms;
    private readonly Correspondents _correspondents = new();
    private readonly DatagramRoutes _routes;
    private readonly UdpSocket _inner;
    private AssociationClient _client;
    private FragmentAssembler? _fragments;
    private UdpSocket? _ipv4, _ipv6;
    private readonly Dictionary<string, DatagramChain> _chains = [];
    private long _lastActivity;

    /// <exception cref="TransportException">The client's side cannot be opened.</exception>
    public DatagramRelay(SessionServices services, AssociationTerms terms)
    {
        (_services, _terms, _client) = (services, terms, terms.Client);
        _routes = new DatagramRoutes(services, terms);
        _lastActivity = services.Loop.Milliseconds;
        _inner = UdpSocket.Open(services.Loop, terms.Local, this);
        if (terms.Request.PortToUse is not null)
            (_ipv4, _ipv6) = (OpenOuter(IpFamily.V4), OpenOuter(IpFamily.V6));
        _terms.Traffic.Relay = this;
    }

    /// <summary>Where the client sends to.</summary>
    public ushort Port => _inner.Local.Port;

    /// <summary>FLAG of the reply: the client's port counts as honoured only when every family that is used has it (<c>B20</c>).</summary>
    public RequestFlags Honoured => _terms.Request.Honoured(
        _terms.Request.PortToUse is { } port && Outers().Any() && Outers().All(outer => outer.Local.Port == port) ? port : (ushort)0);

    /// <summary>Since the last datagram that was relayed.</summary>
    public TimeSpan QuietFor => TimeSpan.FromMilliseconds(_services.Loop.Milliseconds - _lastActivity);

    public void Dispose()
    {
        _routes.Dispose();
        foreach (var chain in _chains.Values)
            chain.Dispose();
        foreach (var socket in Sockets())
            socket.Close();
        SettleLosses();
    }

    /// <summary>Counts what the sockets have lost; asking the kernel for each datagram would cost too much.</summary>
    public void SettleLosses() =>
        _terms.Traffic.CountLost(Sockets().Sum(socket => socket.Counters.Lost) + _chains.Values.Sum(chain => chain.Lost));

    public AssociationView View()
    {
        SettleLosses();
        return new(_client.Endpoint, _inner.Local.ToLiteral(), _terms.Traffic.Lost, QuietFor);
    }

    /// <summary>Sets a chain up before the first datagram; <paramref name="opened"/> hears null when it stands.</summary>
    public void OpenChain(string name, Action<ChainFailure?> opened) => Through(name).Open(opened);

    /// <summary>Tells the address and port that <paramref name="target"/> is sent to from, now or when its name is resolved.</summary>
    public void FindInterface(SocksEndpoint target, Action<SocksReply> answered)
    {
        var knowledge = _routes.Find(target, out var route);
        if (knowledge == RouteKnowledge.Unresolved)
            _routes.Resolve(target, Answer);
        else
            Answer(knowledge, route);

        void Answer(RouteKnowledge knowledge, DatagramRoute route)
        {
            if (knowledge == RouteKnowledge.Known && route.Chain is { } name)
                Through(name).Ask(route.Target, answered);
            else
                answered(AnswerOf(knowledge, route));
        }
    }

    void IUdpHandler.OnReceived(UdpSocket socket, UdpBatch batch)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            if (socket == _inner)
                FromClient(batch, index);
            else
                FromRemote(batch, index);
        }
    }

    private void FromClient(UdpBatch batch, int index)
    {
        var source = batch.Source(index).ToLiteral();
        var payload = batch.Payload(index);
        if (!_client.Admits(source) || UdpHeader.Read(payload, out var header, out var length) != ReadStatus.Complete)
        {
            _terms.Traffic.CountRefused();
            return;
        }
        _client = _client.HeardFrom(source);
        var data = payload[length..];
        if (!header.StandsAlone || _fragments is { IsWaiting: true })
        {
            _fragments ??= new FragmentAssembler();
            if (_fragments.TryAccept(header, data, _services.Now, out var whole))
                SendCopy(header.Destination, whole);
            return;
        }
        var knowledge = _routes.Find(header.Destination, out var route);
        if (knowledge == RouteKnowledge.Unresolved)
            SendWhenResolved(header.Destination, data);
        else if (knowledge == RouteKnowledge.Known && route.Chain is { } name)
        {
            _lastActivity = _services.Loop.Milliseconds;
            Through(name).Forward(batch, index, length, header.Destination, route.Target, route.Id);
        }
        else if (knowledge == RouteKnowledge.Known && Towards(route) is { } outer)
        {
            _terms.Traffic.CountSent(data.Length, _terms.Traffic.Direct);
            batch.Forward(index, UdpBatch.Headroom + length, outer, route.Remote);
        }
        else
            _terms.Traffic.CountRefused();
    }

    /// <summary>For what was put together from fragments, and lies in no batch.</summary>
    private void SendCopy(in SocksEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        var knowledge = _routes.Find(destination, out var route);
        if (knowledge == RouteKnowledge.Unresolved)
            SendWhenResolved(destination, datagram);
        else if (knowledge == RouteKnowledge.Known)
            Send(route, datagram);
        else
            _terms.Traffic.CountRefused();
    }

    private void SendWhenResolved(in SocksEndpoint destination, ReadOnlySpan<byte> datagram)
    {
        var waiting = datagram.ToArray();
        _routes.Resolve(destination, (knowledge, route) =>
        {
            if (knowledge == RouteKnowledge.Known)
                Send(route, waiting);
            else
                _terms.Traffic.CountRefused();
        });
    }

    private void Send(DatagramRoute route, ReadOnlySpan<byte> datagram)
    {
        if (route.Chain is { } name)
        {
            _lastActivity = _services.Loop.Milliseconds;
            Through(name).Send(route.Target, route.Id, datagram);
            return;
        }
        if (Towards(route) is not { } outer)
        {
            _terms.Traffic.CountRefused();
            return;
        }
        _terms.Traffic.CountSent(datagram.Length, _terms.Traffic.Direct);
        outer.Send(datagram, route.Remote);
    }

    /// <summary>The socket that reaches the remote, which may answer from now on; null when its family cannot be used.</summary>
    private UdpSocket? Towards(in DatagramRoute route)
    {
        var outer = Outer(route.Remote.Family);
        if (outer is null)
            return null;
        _lastActivity = _services.Loop.Milliseconds;
        _correspondents.SentTo(route.Remote.Address, route.Id);
        return outer;
    }

    private DatagramChain Through(string name)
    {
        if (!_chains.TryGetValue(name, out var chain))
            _chains[name] = chain = new DatagramChain(_services, _terms, name, this);
        return chain;
    }

    /// <summary>The last hop's header is the client's too, unless the client knows the remote by another name.</summary>
    void IDatagramChainHandler.OnReturned(UdpBatch batch, int index, int start, int length, in SocksEndpoint source, in SocksEndpoint shown, WayTraffic way)
    {
        if (!_client.IsLocked)
        {
            _terms.Traffic.CountRefused();
            return;
        }
        var data = UdpBatch.Headroom + start + length;
        var buffer = batch.WithHeadroom(index);
        _lastActivity = _services.Loop.Milliseconds;
        _terms.Traffic.CountReceived(buffer.Length - data, way);
        var begin = shown == source ? UdpBatch.Headroom + start : new UdpHeader(0, shown).WriteBefore(buffer, data);
        batch.Forward(index, begin, _inner, IpEndpoint.From(_client.Endpoint));
    }

    private void FromRemote(UdpBatch batch, int index)
    {
        if (!_client.IsLocked || !_correspondents.TryAnswer(batch.Source(index).ToLiteral(), out var shown))
        {
            _terms.Traffic.CountRefused();
            return;
        }
        var buffer = batch.WithHeadroom(index);
        var start = shown.TryGetLiteral(out var literal)
            ? UdpHeader.WriteBefore(buffer, UdpBatch.Headroom, literal)
            : new UdpHeader(0, shown).WriteBefore(buffer, UdpBatch.Headroom);
        _lastActivity = _services.Loop.Milliseconds;
        _terms.Traffic.CountReceived(buffer.Length - UdpBatch.Headroom, _terms.Traffic.Direct);
        batch.Forward(index, start, _inner, IpEndpoint.From(_client.Endpoint));
    }

    private SocksReply AnswerOf(RouteKnowledge knowledge, DatagramRoute route) => knowledge switch
    {
        RouteKnowledge.Known when Interface(route) is { } local => SocksReply.Success(SocksEndpoint.From(local)),
        RouteKnowledge.NoSuchId => SocksReply.Failure(ReplyCode.InvalidAddress),
        RouteKnowledge.NotAllowed => SocksReply.Failure(ReplyCode.NotAllowed),
        RouteKnowledge.TooManyWait => SocksReply.Failure(ReplyCode.GeneralFailure),
        _ => SocksReply.Failure(ReplyCode.HostUnreachable),
    };

    private LiteralEndpoint? Interface(DatagramRoute route)
    {
        if (Outer(route.Remote.Family) is not { } outer)
            return null;
        var local = outer.Local.IsUnspecified ? Egress.SourceToward(route.Remote) : outer.Local;
        return local.Family == IpFamily.None ? null : local.WithPort(outer.Local.Port).ToLiteral();
    }

    private UdpSocket? Outer(IpFamily family) =>
        family == IpFamily.V4 ? _ipv4 ??= OpenOuter(family) : _ipv6 ??= OpenOuter(family);

    private UdpSocket? OpenOuter(IpFamily family)
    {
        var egress = _services.Dialer.Options.Egress;
        if (!egress.Has(family))
            return null;
        var source = egress.For(family, _terms.Identity.Client);
        return (_terms.Request.PortToUse is { } port ? TryOpen(source.WithPort(port)) : null) ?? TryOpen(source);
    }

    private UdpSocket? TryOpen(IpEndpoint local)
    {
        try
        {
            return UdpSocket.Open(_services.Loop, local, this);
        }
        catch (TransportException)
        {
            return null;
        }
    }

    private IEnumerable<UdpSocket> Sockets() => Outers().Prepend(_inner);

    private IEnumerable<UdpSocket> Outers() => new[] { _ipv4, _ipv6 }.OfType<UdpSocket>();
}
