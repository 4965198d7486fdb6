using Gateway.Protocol;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Chains;

/// <summary>
/// A connection of a loop as the Socks Lib's channel. While nobody listens it reads nothing, so what arrives waits in the kernel. After
/// the handshake <see cref="Take"/> gives the connection back, with the octets that were not consumed. Loop's thread only.
/// </summary>
public sealed class LoopChannel : IChannel, IConnectionHandler, IThreadPoolWorkItem
{
    private readonly Connection _connection;
    private IChannelHandler? _handler;
    private bool _posted;

    public LoopChannel(Connection connection) =>
        (_connection, Local, Peer) = (connection, connection.Local.ToLiteral(), connection.Peer.ToLiteral());

    public LiteralEndpoint Local { get; }

    public LiteralEndpoint Peer { get; }

    public ReadOnlySpan<byte> Unread => _connection.Unread;

    public IChannelHandler? Handler
    {
        get => _handler;
        set
        {
            _handler = value;
            _connection.Handler = value is null ? null : this;
            if (value is not null)
                PostEnd();
        }
    }

    public void Consume(int count) => _connection.Consume(count);

    public bool Send(ReadOnlySpan<byte> octets) => _connection.Send(octets);

    public void Abort()
    {
        Handler = null;
        _connection.Abort();
    }

    /// <summary>The connection, for a relay or another owner; the channel hears and does nothing more.</summary>
    public Connection Take()
    {
        Handler = null;
        return _connection;
    }

    void IConnectionHandler.OnReadable(Connection connection) => _handler?.OnReadable(this);

    void IConnectionHandler.OnPeerFinished(Connection connection) => Ended("closed");

    void IConnectionHandler.OnClosed(Connection connection, CloseReason reason) => Ended(reason.ToString());

    /// <summary>Tells a handler that came after the end of it, behind what is unread.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        _posted = false;
        if (_connection.PeerFinished || !_connection.IsOpen)
            Ended("closed");
    }

    private void PostEnd()
    {
        if (_posted || (_connection.IsOpen && !_connection.PeerFinished))
            return;
        _posted = true;
        _connection.Loop.Post(this);
    }

    /// <summary>Each handler hears of the end once.</summary>
    private void Ended(string cause)
    {
        var handler = _handler;
        _handler = null;
        handler?.OnEnded(this, cause);
    }
}
