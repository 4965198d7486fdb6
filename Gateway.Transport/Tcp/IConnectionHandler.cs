namespace Gateway.Transport;

/// <summary>
/// Who acts for a <see cref="Connection"/>. All calls come on the loop's thread, one at a time, and never from inside a call that
/// the handler makes, except <see cref="OnClosed"/>. An exception that escapes is reported to the loop and the connection is reset.
/// </summary>
public interface IConnectionHandler
{
    /// <summary>
    /// <see cref="Connection.Unread"/> has grown. Octets that are not consumed are kept and shown again together with later ones;
    /// when the buffer is full of them, reading waits until some are consumed.
    /// </summary>
    void OnReadable(Connection connection);

    /// <summary>The peer sends no more (FIN); everything it sent has been shown. The other direction stays open.</summary>
    void OnPeerFinished(Connection connection);

    /// <summary>All that <see cref="Connection.Send"/> had to keep back has left.</summary>
    void OnDrained(Connection connection) { }

    /// <summary>The connection is gone, for whatever reason, the handler's own <see cref="Connection.Close"/> included. Exactly once.</summary>
    void OnClosed(Connection connection, CloseReason reason);
}
