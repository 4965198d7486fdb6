namespace Gateway.Transport;

/// <summary>Who hears the result of a dial: one call, on the loop's thread, never from inside <see cref="Dialer.Start"/>.</summary>
public interface IDialHandler
{
    /// <summary>
    /// Connected. The connection has no handler yet and shows nothing until it gets one or a relay takes it. Its
    /// <see cref="Connection.Local"/> is the address for a reply, its <see cref="Connection.Peer"/> the one that won.
    /// </summary>
    /// <param name="dial">The dial.</param>
    /// <param name="connection">Now the handler's.</param>
    /// <param name="attempts">Addresses that were tried.</param>
    void OnConnected(Dial dial, Connection connection, int attempts);

    /// <summary>Every way has failed; the failure told is the one that says most.</summary>
    void OnDialFailed(Dial dial, in DialFailure failure);
}
