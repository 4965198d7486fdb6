using Gateway.Protocol;

namespace SocksLib.Tests;

/// <summary>One client of a <see cref="FakeHop"/>: greeting, login, request, then octets in both directions.</summary>
internal sealed class FakeHopSession(VirtualNetwork network, FakeHop hop, VirtualChannel client, string way) : IChannelHandler
{
    private ChainPhase _phase = ChainPhase.Greeting;
    private bool _isBusy;
    private VirtualChannel? _next;

    /// <summary>The hops that lead here, this one included.</summary>
    public string Way => way;

    public void OnReadable(IChannel channel)
    {
        if (channel == _next)
            Pass(_next, client);
        else if (_next is not null)
            Pass(client, _next);
        else if (!_isBusy)
            Read();
        else if (!hop.Server.TakesOneFlight)
            network.Lost.Add($"{way}: octets before its answer");
    }

    public void OnEnded(IChannel channel, string cause)
    {
        client.Close(cause);
        _next?.Close(cause);
    }

    private static void Pass(VirtualChannel from, VirtualChannel to)
    {
        to.Send(from.Unread);
        from.Consume(from.Unread.Length);
    }

    private void Read()
    {
        int consumed;
        switch (_phase)
        {
            case ChainPhase.Greeting:
                if (!MethodOffer.TryRead(client.Unread, out var offer, out consumed)) return;
                Answer(consumed, () => Choose(offer));
                break;
            case ChainPhase.Authentication:
                if (!PasswordRequest.TryRead(client.Unread, out var login, out consumed)) return;
                Answer(consumed, () => Judge(login));
                break;
            default:
                if (!SocksRequest.TryRead(client.Unread, out var request, out consumed)) return;
                network.Requests.Add((way, request));
                Answer(consumed, () => Serve(request));
                break;
        }
    }

    /// <summary>Answers when its time has come, as it was told to; what has come behind the message is lost on who takes no flights.</summary>
    private void Answer(int consumed, Action answer)
    {
        client.Consume(consumed);
        if (client.Unread.Length > 0 && !hop.Server.TakesOneFlight) network.Lost.Add($"{way}: octets behind its {_phase}");
        _isBusy = true;
        switch (hop.Fault(_phase))
        {
            case Fault.Silent: break;
            case Fault.Closes: client.Close(); break;
            case Fault.Garbage: client.Send("HTTP/1.1 400 Bad Request\r\n\r\n"u8); break;
            default: network.After(hop.Delay(_phase), answer); break;
        }
    }

    private void Choose(MethodOffer offer)
    {
        var wanted = hop.Knows is null ? AuthMethod.NoAuthentication : AuthMethod.Password;
        var refuses = hop.Fault(ChainPhase.Greeting) == Fault.Refuses || !offer.Offers(wanted);
        var choice = hop.Chooses is { } method ? (AuthMethod)method : refuses ? AuthMethod.NoneAcceptable : wanted;
        client.Send(new MethodChoice(choice).ToBytes());
        if (choice == AuthMethod.NoneAcceptable) client.Close();
        else GoOn(choice == AuthMethod.Password ? ChainPhase.Authentication : ChainPhase.Request);
    }

    private void Judge(PasswordRequest login)
    {
        var accepts = login == hop.Knows && hop.Fault(ChainPhase.Authentication) != Fault.Refuses;
        client.Send((accepts ? PasswordReply.Accepted : PasswordReply.Refused).ToBytes());
        if (accepts) GoOn(ChainPhase.Request);
        else client.Close();
    }

    private void Serve(SocksRequest request)
    {
        if (request.Command == SocksCommand.Connect && request.Destination.TryGetLiteral(out var address) &&
            (network.Hops.TryGetValue(address, out var next) || hop.Unreachable.ContainsKey(address)))
            Reach(address, next);
        else
            Reply(hop.Verdict, hop.Bound, hop.Banner);
    }

    private void Reach(LiteralEndpoint address, FakeHop? next)
    {
        if (hop.Unreachable.TryGetValue(address, out var code) || next!.Fault(ChainPhase.Connect) == Fault.Refuses)
            network.After(2 * network.Latency, () => Reply(code == default ? ReplyCode.ConnectionRefused : code, SocksEndpoint.Unspecified, []));
        else if (next.Fault(ChainPhase.Connect) != Fault.Silent)
            network.After(2 * network.Latency + next.Delay(ChainPhase.Connect), () =>
            {
                if (client.IsAborted) return;
                Reply(ReplyCode.Succeeded, hop.Bound, []);
                _next = network.Join(next, this);
                _next.Handler = this;
                Pass(client, _next);
            });
    }

    private void Reply(ReplyCode code, SocksEndpoint bound, byte[] behind)
    {
        client.Send([.. new SocksReply(code, RequestFlags.None, code == ReplyCode.Succeeded ? bound : SocksEndpoint.Unspecified).ToBytes(), .. behind]);
        if (code != ReplyCode.Succeeded) client.Close();
    }

    private void GoOn(ChainPhase phase)
    {
        _phase = phase;
        _isBusy = false;
        if (client.Unread.Length > 0) Read();
    }
}
