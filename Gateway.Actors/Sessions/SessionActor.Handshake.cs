using Akka.Actor;
using Gateway.Actors.Access;
using Gateway.Actors.Settings;
using Gateway.Actors.Status;
using Gateway.Protocol;

namespace Gateway.Actors.Sessions;

/// <summary>From the first octet to the whole request.</summary>
internal sealed partial class SessionActor
{
    /// <summary>Cancelled at the end, so that a login whose client has left costs no hash that it still waits for.</summary>
    private CancellationTokenSource? _login;

    private bool Negotiating(object message)
    {
        if (!IsReadable(message))
            return HasHandshakeEnded(message, "greeting");
        ReadGreeting();
        return true;
    }

    private bool Authenticating(object message)
    {
        if (!IsReadable(message))
            return HasHandshakeEnded(message, "authentication");
        ReadPassword();
        return true;
    }

    private bool Requesting(object message)
    {
        if (!IsReadable(message))
            return HasHandshakeEnded(message, "request");
        ReadRequest();
        return true;
    }

    private bool CheckingLogin(object message)
    {
        if (message is not LoginChecked login)
            return IsReadable(message) || HasHandshakeEnded(message, "authentication");
        OnLoginChecked(login.User);
        return true;
    }

    /// <summary>Whether it tells of octets from the client, which are looked at now.</summary>
    private bool IsReadable(object message)
    {
        if (message is not ClientReadable)
            return false;
        _events.LookedAt();
        return true;
    }

    private bool HasHandshakeEnded(object message, string phase)
    {
        switch (message)
        {
            case ClientFinished:
                End($"{phase}: the client left");
                return true;
            case ClientClosed closed:
                End($"{phase}: the client left ({closed.Reason})");
                return true;
            case RequestTimedOut:
                End($"{phase}: timed out");
                return true;
            default:
                return false;
        }
    }

    private void ReadGreeting()
    {
        if (_client.Unread.IsEmpty)
            return;
        switch (ClientProtocols.Detect(_client.Unread[0]))
        {
            case ClientProtocol.Socks5:
                ReadMethods();
                break;
            case ClientProtocol.Socks4:
                ReadSocks4();
                break;
            case ClientProtocol.Http:
                End("greeting: this is HTTP; the client takes this SOCKS port for an HTTP proxy");
                break;
            case ClientProtocol.Tls:
                End("greeting: this is TLS; the client takes this SOCKS port for a TLS one");
                break;
            default:
                End($"greeting: first octet {_client.Unread[0]:X2} is no SOCKS version");
                break;
        }
    }

    private void ReadMethods()
    {
        var status = MethodOffer.Read(_client.Unread, out var offer, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        if (status.IsViolation)
        {
            Violated(status, MethodOffer.Owed(status), "greeting");
            return;
        }
        _client.Consume(consumed);
        var method = Choose(offer);
        Send(new MethodChoice(method));
        switch (method)
        {
            case AuthMethod.NoAuthentication:
                Become(Requesting);
                ReadRequest();
                break;
            case AuthMethod.Password:
                Become(Authenticating);
                ReadPassword();
                break;
            default:
                CloseAfterReply("greeting: no acceptable method offered");
                break;
        }
    }

    /// <summary>The first method of the listener's own order that the client offers.</summary>
    private AuthMethod Choose(in MethodOffer offer)
    {
        foreach (var auth in _door.Settings.Auth)
        {
            var method = auth == ListenerAuth.None ? AuthMethod.NoAuthentication : AuthMethod.Password;
            if (offer.Offers(method))
                return method;
        }
        return MayBeMember(offer) ? AuthMethod.Password : AuthMethod.NoneAcceptable;
    }

    /// <summary>Members offer passwords and nothing else, and are let in by every door of a node that belongs to a cluster.</summary>
    private bool MayBeMember(in MethodOffer offer)
    {
        var methods = offer.Methods;
        return _services.Members is not null && methods.Span is [(byte)AuthMethod.Password];
    }

    private void ReadPassword()
    {
        var status = PasswordRequest.Read(_client.Unread, out var request, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        if (status.IsViolation)
        {
            Violated(status, PasswordRequest.Owed(status), "authentication");
            return;
        }
        if (_services.Members is { } members && SealedLeg.Is(request))
        {
            ReadMember(members, request, consumed);
            return;
        }
        _client.Consume(consumed);
        if (!_door.TakesPasswords)
        {
            OnLoginRefused("authentication: users do not log in at this listener");
            return;
        }
        var guesser = new Guesser(_services.Guesses, ClientKey, () => _services.Now);
        if (guesser.MustWait)
        {
            _services.Counters.CountThrottledLogin();
            OnLoginRefused("authentication: too many wrong passwords from this client");
            return;
        }
        _login = new CancellationTokenSource();
        var check = _services.Logins.CheckAsync(request.Username, request.Password, guesser, _login.Token);
        if (check.IsCompletedSuccessfully)
        {
            OnLoginChecked(check.Result);
            return;
        }
        Become(CheckingLogin);
        check.AsTask().PipeTo(Self, success: user => new LoginChecked(user), failure: _ => new LoginChecked(null));
    }

    private void OnLoginChecked(string? user)
    {
        _login = null;
        if (user is null)
        {
            _services.Counters.CountWrongLogin();
            OnLoginRefused("authentication: wrong user name or password, or one guess too many");
            return;
        }
        _services.Guesses.Succeeded(ClientKey);
        _user = user;
        Send(PasswordReply.Accepted);
        Become(Requesting);
        ReadRequest();
    }

    private void OnLoginRefused(string reason)
    {
        _failure = SessionFailure.Authentication;
        Send(PasswordReply.Refused);
        CloseAfterReply(reason);
    }

    private void ReadRequest()
    {
        var status = SocksRequest.Read(_client.Unread, out var request, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        if (status.IsViolation)
        {
            (_reply, _setup) = (SocksRequest.CodeFor(status), _services.Time.GetElapsedTime(_startedAt));
            _services.Counters.CountReply(_reply.Value);
            Violated(status, SocksRequest.Owed(status), "request");
            return;
        }
        _client.Consume(consumed);
        OnRequest(request);
    }

    /// <summary>SOCKS4 has no authentication, so it is served only where none is asked for.</summary>
    private void ReadSocks4()
    {
        var status = Socks4Request.Read(_client.Unread, out var request, out var consumed);
        if (status == ReadStatus.Incomplete)
            return;
        _speaksSocks4 = true;
        if (status.IsViolation || !_door.IsOpen)
        {
            Send(Socks4Reply.Refused);
            CloseAfterReply(status.IsViolation ? $"request: {status.Reason}" : "request: SOCKS4 where authentication is asked for");
            return;
        }
        _client.Consume(consumed);
        OnRequest(new SocksRequest((SocksCommand)(byte)request.Command, RequestFlags.None, request.Destination));
    }

    /// <summary>The handshake is over. What the client sends early stays in the kernel, behind what has been read already.</summary>
    private void OnRequest(in SocksRequest request)
    {
        _events.Cancel();
        EndHandshake();
        _client.PauseReading();
        Serve(request);
    }

    private void EndHandshake()
    {
        if (_inHandshake)
            _services.Admission.EndHandshake(_client.Peer.Address);
        _inHandshake = false;
    }
}
