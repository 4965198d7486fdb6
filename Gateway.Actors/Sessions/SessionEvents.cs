using Akka.Actor;
using Gateway.Transport;
using SocksLib;

namespace Gateway.Actors.Sessions;

/// <summary>
/// What happens to a session's sockets, as messages to its actor. It lives on the loop, tells on the loop, and the messages carry
/// no payload: the octets stay in the connection until the session reads them there.
/// </summary>
internal sealed class SessionEvents : LoopTimer, IConnectionHandler, IDialHandler, IChainHandler, IChannelHandler, IRelayObserver
{
    private bool _readableTold;
    /// <summary>The far side until the session takes it: a connection, or a chain that stands.</summary>
    private object? _far;

    /// <summary>Set once, before the first event that matters to it; null means that nobody listens (not yet, or no more).</summary>
    public IActorRef? Session { get; set; }

    /// <summary>The session is about to look: the next arrival is news again.</summary>
    public void LookedAt() => _readableTold = false;

    void IConnectionHandler.OnReadable(Connection connection)
    {
        if (_readableTold || Session is null)
            return;
        _readableTold = true;
        Session.Tell(ClientReadable.Instance);
    }

    void IConnectionHandler.OnPeerFinished(Connection connection) => Session?.Tell(ClientFinished.Instance);

    void IConnectionHandler.OnClosed(Connection connection, CloseReason reason) => Session?.Tell(new ClientClosed(reason));

    /// <summary>The connection on the far side is there. It waits here for the session, so that one which is ending cannot lose it.</summary>
    public void Hand(Connection target)
    {
        if (Session is null)
        {
            target.Abort();
            return;
        }
        _far = target;
        Session.Tell(Connected.Instance);
    }

    /// <summary>The far side's connection, once; null when there is none.</summary>
    public Connection? TakeTarget() => Take<Connection>();

    void IDialHandler.OnConnected(Dial dial, Connection connection, int attempts) => Hand(connection);

    void IDialHandler.OnDialFailed(Dial dial, in DialFailure failure) => Session?.Tell(new ConnectFailed(failure));

    /// <summary>The chain that stands, once; null when there is none.</summary>
    public ChainLink? TakeLink() => Take<ChainLink>();

    void IChainHandler.OnLinked(ChainSetup setup, ChainLink link)
    {
        if (Session is null)
        {
            link.Channel.Abort();
            return;
        }
        _far = link;
        Session.Tell(ChainLinked.Instance);
    }

    void IChainHandler.OnChainFailed(ChainSetup setup, ChainFailure failure) => Session?.Tell(new ChainFailed(failure, setup.FailedWay));

    void IChannelHandler.OnReadable(IChannel channel) => Session?.Tell(ChannelReadable.Instance);

    void IChannelHandler.OnEnded(IChannel channel, string cause) => Session?.Tell(new ChannelEnded(cause));

    void IRelayObserver.OnRelayEnded(Relay relay, in RelayOutcome outcome) => Session?.Tell(new RelayEnded(outcome));

    /// <summary>The time for the handshake, or for another request, is over.</summary>
    protected override void OnDue() => Session?.Tell(RequestTimedOut.Instance);

    private T? Take<T>() where T : class
    {
        if (_far is not T far)
            return null;
        _far = null;
        return far;
    }
}
