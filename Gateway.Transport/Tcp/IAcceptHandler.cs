namespace Gateway.Transport;

/// <summary>Who receives accepted connections, on the loop's thread.</summary>
public interface IAcceptHandler
{
    /// <summary>A client has connected. Set <see cref="Connection.Handler"/> before returning, or close the connection.</summary>
    void OnAccepted(Listener listener, Connection connection);

    /// <summary>Accepting has begun to pause because descriptors or memory have run out (<paramref name="errno"/>); clients wait in the backlog.</summary>
    void OnPaused(Listener listener, int errno) { }

    /// <summary>Accepting has gone on for <see cref="Listener.RecoveryTime"/> without a further pause.</summary>
    void OnResumed(Listener listener) { }
}
