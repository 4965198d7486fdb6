using Gateway.Actors.Settings;
using Gateway.Protocol;

namespace Gateway.Actors.Access;

/// <summary>Which limit stands in the way.</summary>
public enum AdmissionResult
{
    Admitted,
    TooManySessions,
    TooManyOfThisClient,
    TooManyHandshakes,
}

/// <summary>
/// The limits of the settings, counted over all loops. Who was admitted leaves again: the handshake when the request is there, the
/// session when it closes.
/// </summary>
public sealed class Admission(LimitSettings limits)
{
    private readonly Counter _sessions = new(limits.Sessions);
    private readonly Counter _handshakes = new(limits.Handshakes);
    private readonly KeyedCounter<ClientKey> _clients = new(limits.SessionsPerClient);
    private readonly KeyedCounter<ClientKey> _greeters = new(ShareOf(limits.Handshakes));

    /// <summary>Puts other limits in force. Who was admitted stays.</summary>
    public void Change(LimitSettings limits)
    {
        _sessions.Limit = limits.Sessions;
        _handshakes.Limit = limits.Handshakes;
        _greeters.Limit = ShareOf(limits.Handshakes);
        _clients.Limit = limits.SessionsPerClient;
        Associations.Limit = limits.AssociationsPerClient;
    }

    public int Sessions => _sessions.Count;

    public int Handshakes => _handshakes.Count;

    /// <summary>UDP associations by client.</summary>
    public KeyedCounter<ClientKey> Associations { get; } = new(limits.AssociationsPerClient);

    /// <summary>An accepted connection wants to begin: it becomes a session that is in its handshake.</summary>
    public AdmissionResult TryEnter(IpLiteral client)
    {
        if (!_handshakes.TryTake())
            return AdmissionResult.TooManyHandshakes;
        if (!_sessions.TryTake())
        {
            _handshakes.Release();
            return AdmissionResult.TooManySessions;
        }
        var key = ClientKey.Of(client);
        if (_greeters.TryTake(key))
        {
            if (_clients.TryTake(key))
                return AdmissionResult.Admitted;
            _greeters.Release(key);
        }
        _sessions.Release();
        _handshakes.Release();
        return AdmissionResult.TooManyOfThisClient;
    }

    /// <summary>The request is there, or the session ends before it is; once for each session, before <see cref="Leave"/>.</summary>
    /// <param name="client">Who entered, whomever the session is counted as by now.</param>
    public void EndHandshake(IpLiteral client)
    {
        _greeters.Release(ClientKey.Of(client));
        _handshakes.Release();
    }

    /// <summary>
    /// A session that was counted as <paramref name="from"/>'s turns out to be <paramref name="to"/>'s. False, and all stays as it was, when
    /// that one has too many.
    /// </summary>
    public bool TryPass(IpLiteral from, IpLiteral to)
    {
        var (left, taken) = (ClientKey.Of(from), ClientKey.Of(to));
        if (left == taken)
            return true;
        if (!_clients.TryTake(taken))
            return false;
        _clients.Release(left);
        return true;
    }

    public void Leave(IpLiteral client)
    {
        _clients.Release(ClientKey.Of(client));
        _sessions.Release();
    }

    /// <summary>Of the handshakes, one client may have half: connections that say nothing would otherwise keep everybody out.</summary>
    private static int ShareOf(int handshakes) => handshakes - handshakes / 2;
}
