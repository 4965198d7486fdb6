using Gateway.Protocol;

namespace SocksLib;

/// <summary>
/// One way through chosen servers, over one channel: octets in, octets out. A chain is a loop over its hops: each gets a greeting, who asks,
/// and a request, through the hops before it. The request is CONNECT to the next hop, and at the last hop that of the client.
/// <code>
///             hop 1                  hop 2                  hop 3
/// greeting    05 01 00               05 01 02               05 01 00
/// login                              01 …
/// request     CONNECT hop 2          CONNECT hop 3          the client's own
/// </code>
/// A hop that takes one flight keeps what arrives behind a message, so all for it, and then the first for the next hop, leaves at once.
/// Every other hop is waited for at each line.
/// </summary>
public sealed class ChainHandshake
{
    /// <summary>Octets that <see cref="Write"/> needs room for: the longest message.</summary>
    public const int MaxMessage = PasswordRequest.MaxLength;

    private static readonly SocksEndpoint UnspecifiedIpv6 = SocksEndpoint.From(new LiteralEndpoint(IpLiteral.AnyIpv6, 0));

    private readonly IReadOnlyList<HopServer> _way;
    private readonly SocksRequest _request;
    private int _sendingTo, _awaiting;
    private Message _next, _awaited;
    private AuthMethod _chosen;

    /// <param name="way">Never empty, in the order of travel; the addresses behind the first are literals.</param>
    /// <param name="request">For the last hop.</param>
    public ChainHandshake(IReadOnlyList<HopServer> way, in SocksRequest request) => (_way, _request) = (way, request);

    private enum Message : byte
    {
        Greeting,
        Login,
        Request,
    }

    /// <summary>The hop that is awaited, from 1: the next one already, while this one is connecting to it.</summary>
    public int Hop => IsConnectingOn ? _awaiting + 2 : _awaiting + 1;

    /// <summary>What the chain waits for at <see cref="Hop"/>.</summary>
    public ChainPhase Phase => IsConnectingOn ? ChainPhase.Connect : PhaseOf(_awaited);

    /// <summary>The last hop's reply, once it has granted the request.</summary>
    public SocksReply Reply { get; private set; }

    /// <summary>Why the way is broken, once it is.</summary>
    public WayFailure? Failure { get; private set; }

    private bool IsConnectingOn => _awaited == Message.Request && _awaiting < _way.Count - 1;

    /// <summary>Writes what may leave before anything more is read.</summary>
    /// <returns>Octets written; 0 when the chain has to wait. Whoever had no more room than <see cref="MaxMessage"/> asks again.</returns>
    public int Write(Span<byte> flight)
    {
        var length = 0;
        while (flight.Length - length >= MaxMessage && MayLeave())
            length += WriteNext(flight[length..]);
        return length;
    }

    /// <summary>Reads the next answer from the start of what has been received. Call again, with what is left, until it waits.</summary>
    /// <param name="consumed">Octets of the answer; those behind it are untouched.</param>
    public HandshakeProgress Read(ReadOnlySpan<byte> received, out int consumed) => _awaited switch
    {
        Message.Greeting => ReadChoice(received, out consumed),
        Message.Login => ReadLoginReply(received, out consumed),
        _ => ReadReply(received, out consumed),
    };

    /// <summary>The channel has ended: the hop whose answer is outstanding broke off.</summary>
    public WayFailure Lost(string cause) => new(_awaiting + 1, PhaseOf(_awaited), ReplyCode.GeneralFailure, cause);

    private bool MayLeave()
    {
        if (_sendingTo == _way.Count) return false;
        return _next switch
        {
            Message.Greeting => _sendingTo == _awaiting || _way[_sendingTo - 1].TakesOneFlight,
            Message.Login => IsMethodKnown,
            _ => IsMethodKnown && (_way[_sendingTo].TakesOneFlight || (_sendingTo == _awaiting && _awaited == Message.Request)),
        };
    }

    /// <summary>Whether the hop has chosen a method, or must take the only one that is offered and need not be waited for.</summary>
    private bool IsMethodKnown => HasChosen || (_way[_sendingTo].TakesOneFlight && _way[_sendingTo].Login.Methods.Length == 1);

    private bool HasChosen => _sendingTo == _awaiting && _awaited > Message.Greeting;

    private AuthMethod Method => HasChosen ? _chosen : (AuthMethod)_way[_sendingTo].Login.Methods[0];

    private int WriteNext(Span<byte> flight)
    {
        var login = _way[_sendingTo].Login;
        switch (_next)
        {
            case Message.Greeting:
                _next = Message.Login;
                return new MethodOffer(new CountedOctets(login.Methods)).Write(flight);
            case Message.Login when Method == AuthMethod.Password:
                _next = Message.Request;
                return login.Authenticate(RequestTo(_sendingTo)).Write(flight);
            case Message.Login:
                _next = Message.Request;
                return 0;
            default:
                _next = Message.Greeting;
                return RequestTo(_sendingTo++).Write(flight);
        }
    }

    private SocksRequest RequestTo(int hop) =>
        hop == _way.Count - 1 ? Fitted(_way[hop]) : new SocksRequest(SocksCommand.Connect, RequestFlags.None, _way[hop + 1].Address);

    /// <summary>
    /// The request in words that the last hop understands: FLAG is for those who speak the draft, and zeros, where the sender does not know
    /// yet whence its datagrams will come, are of the family that the hop is reached over. Some answer 08 to the other one.
    /// </summary>
    private SocksRequest Fitted(HopServer last)
    {
        var request = last.AddressAssociate ? _request : _request with { Flags = RequestFlags.None };
        var isOpen = request.Command == SocksCommand.UdpAssociate && request.Destination.IsAllZero;
        return isOpen && last.Address.TryGetLiteral(out var hop) && hop.Canonical.Address.IsIpv6 ? request with { Destination = UnspecifiedIpv6 } : request;
    }

    private HandshakeProgress ReadChoice(ReadOnlySpan<byte> received, out int consumed)
    {
        var status = MethodChoice.Read(received, out var choice, out consumed);
        if (status != ReadStatus.Complete) return NotWhole(status);
        if (choice.Method == AuthMethod.NoneAcceptable) return Broken("no acceptable authentication method");
        if (choice.Method is not (AuthMethod.NoAuthentication or AuthMethod.Password) ||
            !_way[_awaiting].Login.Methods.Contains((byte)choice.Method))
            return Broken($"chose method {(byte)choice.Method:X2}, which was not offered");

        _chosen = choice.Method;
        _awaited = _chosen == AuthMethod.Password ? Message.Login : Message.Request;
        return HandshakeProgress.Answered;
    }

    private HandshakeProgress ReadLoginReply(ReadOnlySpan<byte> received, out int consumed)
    {
        var status = PasswordReply.Read(received, out var reply, out consumed);
        if (status != ReadStatus.Complete) return NotWhole(status);
        if (!reply.IsAccepted) return Broken("login refused");

        _awaited = Message.Request;
        return HandshakeProgress.Advanced;
    }

    private HandshakeProgress ReadReply(ReadOnlySpan<byte> received, out int consumed)
    {
        // A refusal is known from REP; servers are careless about what stands behind it, and some close there.
        if (received is [SocksReply.Version, not (byte)ReplyCode.Succeeded, ..])
        {
            consumed = 0;
            return Refused((ReplyCode)received[1]);
        }
        var status = SocksReply.Read(received, out var reply, out consumed);
        if (status != ReadStatus.Complete) return NotWhole(status);
        if (_awaiting == _way.Count - 1)
        {
            Reply = reply;
            return HandshakeProgress.Linked;
        }
        _awaiting++;
        _awaited = Message.Greeting;
        return HandshakeProgress.Advanced;
    }

    private HandshakeProgress NotWhole(ReadStatus status) =>
        status == ReadStatus.Incomplete ? HandshakeProgress.Waiting : Broken(status.Reason);

    private HandshakeProgress Broken(string cause) => Fail(Lost(cause) with { IsLasting = true });

    /// <summary>A hop that cannot reach the next one names the leg between them, so it is the next one that is to be replaced.</summary>
    private HandshakeProgress Refused(ReplyCode code) => Fail(new WayFailure(Hop, Phase, code, code.Text, IsVerdict: !IsConnectingOn));

    private HandshakeProgress Fail(WayFailure failure)
    {
        Failure = failure;
        return HandshakeProgress.Failed;
    }

    private static ChainPhase PhaseOf(Message awaited) => awaited switch
    {
        Message.Greeting => ChainPhase.Greeting,
        Message.Login => ChainPhase.Authentication,
        _ => ChainPhase.Request,
    };
}
