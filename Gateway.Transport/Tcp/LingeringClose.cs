namespace Gateway.Transport;

/// <summary>
/// The last seconds of a connection whose reply must arrive: discard what the peer still sends, because closing on unread octets makes
/// the kernel send a reset that destroys the reply on its way.
/// </summary>
internal sealed class LingeringClose : LoopTimer, ILegOwner
{
    private readonly Connection _connection;
    private int _octetsLeft;
    private bool _peerFinished;

    public LingeringClose(Connection connection, IConnectionHandler? handler, int maxOctets, TimeSpan maxTime)
    {
        (_connection, Handler, _octetsLeft) = (connection, handler, maxOctets);
        _peerFinished = connection.PeerFinished;
        connection.Attach(this);
        connection.Loop.Schedule(this, maxTime);
        OnReady(connection, 0);
    }

    /// <summary>Who hears of the end.</summary>
    public IConnectionHandler? Handler { get; }

    public void OnReady(Leg leg, int errno)
    {
        var failed = errno != 0;
        while (!failed && !_peerFinished && _octetsLeft > 0 && _connection.IsReadable)
        {
            var discarded = _connection.Discard(_octetsLeft);
            if (discarded == Leg.WouldBlock)
                break;
            _peerFinished = discarded == 0;
            failed = discarded < 0;
            _octetsLeft -= discarded;
        }
        if (failed || _octetsLeft <= 0 || (_peerFinished && !_connection.HasPendingOutput))
            Finish();
    }

    public void OnLost(Leg leg) => Cancel();

    protected internal override void OnDue() => Finish();

    private void Finish()
    {
        Cancel();
        _connection.Close();
    }
}
